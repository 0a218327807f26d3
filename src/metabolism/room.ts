import type { LinearProgram, LpRuntime } from "../numerics/lp.ts";
import { failure } from "./fba.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";
import { fluxRanges } from "./fva.ts";
import type { Adjustment } from "./moma.ts";
import { matrixBuilder } from "./program.ts";
import type { FluxSolution } from "./solution.ts";

export interface RoomOptions {
  /** Relative width of the range around a wild-type flux that counts as unchanged; 0.03 where absent, 0 where linear. */
  readonly delta?: number;
  /** Absolute width, mmol gDW^-1 h^-1; 0.001 where absent, 0 where linear. */
  readonly epsilon?: number;
  /** Count parts of a switch: a linear program instead of a mixed-integer one. */
  readonly linear?: boolean;
}

/**
 * ROOM: fluxes in which the fewest reactions leave their wild-type range. The objective is that count (its relaxation
 * where linear); several flux distributions may share it. Bounds are first narrowed to what can be reached, which leaves
 * the answer and makes the search much shorter; it can still take minutes, where linear it takes milliseconds.
 * @param reference wild-type fluxes, shape [reactions]
 * @see doi:10.1073/pnas.0406346102
 */
export function openRoom(
  runtime: LpRuntime,
  model: FluxModel,
  reference: Float64Array,
  options: RoomOptions = {},
): Adjustment {
  return {
    solve: (bounds) => {
      if (options.linear === true) return solveRoom(runtime, model, bounds, bounds, reference, options);
      const reachable = fluxRanges(runtime, model, { bounds, fraction: 0 });
      if (reachable.status !== "optimal") return reachable;
      const tight = { lower: reachable.minimum, upper: reachable.maximum };
      return solveRoom(runtime, model, bounds, tight, reference, options);
    },
    dispose: () => {},
  };
}

function solveRoom(
  runtime: LpRuntime,
  model: FluxModel,
  bounds: FluxBounds,
  tight: FluxBounds,
  reference: Float64Array,
  options: RoomOptions,
): FluxSolution {
  const session = runtime.open(roomProgram(model, tight, reference, options));
  try {
    const status = session.solve();
    if (status !== "optimal") return failure(runtime, model, bounds, status);
    const fluxes = session.point().values.slice(0, model.reactions.length);
    return { status, objective: session.objective(), fluxes };
  } finally {
    session.dispose();
  }
}

/**
 * Columns v then y; rows S v = 0, then for each reaction v - y (ub - high) <= high and v - y (lb - low) >= low, where
 * low and high bound the wild-type range and y = 1 allows leaving it.
 */
function roomProgram(
  model: FluxModel,
  { lower, upper }: FluxBounds,
  reference: Float64Array,
  { linear = false, delta = linear ? 0 : 0.03, epsilon = linear ? 0 : 1e-3 }: RoomOptions,
): LinearProgram {
  const n = model.reactions.length;
  const m = model.metabolites.length;
  const rowLower = new Float64Array(m + 2 * n).fill(Number.NEGATIVE_INFINITY);
  const rowUpper = new Float64Array(m + 2 * n).fill(Number.POSITIVE_INFINITY);
  rowLower.fill(0, 0, m);
  rowUpper.fill(0, 0, m);
  const columns = matrixBuilder(m + 2 * n);
  const { starts, rows, values } = model.stoichiometry;
  for (let j = 0; j < n; j++) {
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) columns.entry(rows[k] ?? 0, values[k] ?? 0);
    columns.entry(m + 2 * j, 1);
    columns.entry(m + 2 * j + 1, 1);
    columns.end();
  }
  for (let j = 0; j < n; j++) {
    const w = reference[j] ?? 0;
    const width = delta * Math.abs(w) + epsilon;
    rowUpper[m + 2 * j] = w + width;
    rowLower[m + 2 * j + 1] = w - width;
    columns.entry(m + 2 * j, -((upper[j] ?? 0) - (w + width)));
    columns.entry(m + 2 * j + 1, -((lower[j] ?? 0) - (w - width)));
    columns.end();
  }
  const both = (first: Float64Array, second: number) =>
    Float64Array.from({ length: 2 * n }, (_, k) => (k < n ? (first[k] ?? 0) : second));
  return {
    sense: "minimize",
    matrix: columns.matrix(),
    cost: both(new Float64Array(n), 1),
    lower: both(lower, 0),
    upper: both(upper, 1),
    rowLower,
    rowUpper,
    ...(linear ? {} : { integer: Uint8Array.from({ length: 2 * n }, (_, k) => (k < n ? 0 : 1)) }),
  };
}
