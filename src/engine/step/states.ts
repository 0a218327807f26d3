import type { Cell } from "../../cell/cell.ts";
import type { Variable } from "../../cell/variable.ts";

/** What the engine needs to know of the variables, by index. */
export interface Roles {
  /** Indices of the variables that are integrated, and of those that are functions of them, ascending. */
  readonly states: Int32Array;
  readonly outputs: Int32Array;
  /** Indices of outputs that modules don't interpolate themselves. */
  readonly sparseOutputs: Int32Array;
  /** Indices of states that the error control judges: all but those of stochastic modules. */
  readonly judged: Int32Array;
  /** Indices of values and rates of stochastic modules, which are not extrapolated. */
  readonly noisyValues: Int32Array;
  readonly noisyRates: Int32Array;
  /** Indices of states that may not be negative: pools and biomass. */
  readonly nonNegative: Int32Array;
  /** Indices of variables that a guess should not make negative: these, species and expression. */
  readonly amounts: Int32Array;
  /** Magnitude at which an error matters, shape [variables]. */
  readonly nominal: Float64Array;
}

export function rolesOf(cell: Cell): Roles {
  const where = (wanted: (variable: Variable) => boolean) =>
    Int32Array.from(cell.variables.flatMap((variable, i) => (wanted(variable) ? [i] : [])));
  const isPool = ({ kind }: Variable) => kind === "pool" || kind === "biomass";
  const noisy = cell.parts.filter(({ module }) => module.stochastic === true);
  const dense = new Set(cell.parts.filter(({ module }) => module.denseOutputs === true).map(({ module }) => module.id));
  const noisyValues = Int32Array.from(noisy.flatMap((part) => range(part.offset, part.count)));
  return {
    states: where(({ role }) => role === "state"),
    judged: where(({ role }) => role === "state").filter((i) => !noisyValues.includes(i)),
    noisyValues,
    noisyRates: Int32Array.from(noisy.flatMap((part) => range(part.rateOffset, part.rateCount))),
    outputs: where(({ role }) => role === "output"),
    sparseOutputs: where(({ role, owner }) => role === "output" && !dense.has(owner)),
    nonNegative: where((variable) => variable.role === "state" && isPool(variable)),
    amounts: where((variable) => isPool(variable) || variable.kind === "species" || variable.kind === "expression"),
    nominal: Float64Array.from(cell.variables, ({ nominal }) => nominal),
  };
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

/** Copies the entries at `indices` from one vector to another of the same shape. */
export function copyAt(indices: Int32Array, from: Float64Array, to: Float64Array): void {
  for (let n = 0; n < indices.length; n++) {
    const i = indices[n] ?? 0;
    to[i] = from[i] ?? 0;
  }
}
