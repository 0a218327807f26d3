import type { Cell } from "../cell/cell.ts";
import type { Variable } from "../cell/variable.ts";

/** What the engine needs to know of the variables, by index. */
export interface Roles {
  /** Indices of the variables that are integrated, and of those that are functions of them, ascending. */
  readonly states: Int32Array;
  readonly outputs: Int32Array;
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
  return {
    states: where(({ role }) => role === "state"),
    outputs: where(({ role }) => role === "output"),
    nonNegative: where((variable) => variable.role === "state" && isPool(variable)),
    amounts: where((variable) => isPool(variable) || variable.kind === "species" || variable.kind === "expression"),
    nominal: Float64Array.from(cell.variables, ({ nominal }) => nominal),
  };
}

/** Copies the entries at `indices` from one vector to another of the same shape. */
export function copyAt(indices: Int32Array, from: Float64Array, to: Float64Array): void {
  for (let n = 0; n < indices.length; n++) {
    const i = indices[n] ?? 0;
    to[i] = from[i] ?? 0;
  }
}
