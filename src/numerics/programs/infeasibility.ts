import type { SparseColumns } from "./lp.ts";
import type { ProgramBounds } from "./vertex.ts";

/**
 * Proofs that a program has no point at all, kept from one instant to the next: its matrix stays, its bounds move, and
 * costs don't matter. A dual ray y weighs the rows; in every point y (A x - r) = 0, and where even the best x and r
 * within their bounds can't bring that sum up to zero, there is none (Farkas' lemma).
 */
export interface InfeasibilityProofs {
  /** Whether one of those held proves that no point meets the bounds. */
  exclude(bounds: ProgramBounds): boolean;
  /**
   * Holds a dual ray where it, or its opposite, proves that no point meets the bounds.
   * @param ray shape [rows]
   * @returns whether it does
   */
  take(ray: Float64Array, bounds: ProgramBounds): boolean;
}

/** How many proofs are kept: the last that were of use. */
const KEPT = 8;
/**
 * By how much every bound may be missed and the proof still holds: more than the solver, and a held basis, ever let a
 * point miss one. So a proof never says other than they do, and what is kept never decides an answer.
 */
const MARGIN = 2e-7;
/** Share of the weights below which one is rounding. */
const ROUNDING = 1e-11;

/** The weights of a proof: of columns, then of rows; those that aren't zero. */
interface Weights {
  readonly at: Int32Array;
  readonly values: Float64Array;
  /** Their sum, without signs. */
  readonly norm: number;
}

/** @param columns of `withRowColumns(program)` */
export function infeasibilityProofs(columns: SparseColumns): InfeasibilityProofs {
  const count = columns.starts.length - 1 - columns.rowCount;
  let kept: readonly Weights[] = [];
  return {
    exclude(bounds) {
      const found = kept.findIndex((weights) => proves(weights, bounds, count));
      const weights = kept[found];
      if (found > 0 && weights !== undefined) kept = [weights, ...kept.toSpliced(found, 1)];
      return found >= 0;
    },
    take(ray, bounds) {
      const weights = [ray, ray.map((y) => -y)]
        .map((y) => weightsOf(columns, y))
        .find((candidate) => proves(candidate, bounds, count));
      if (weights === undefined) return false;
      kept = [weights, ...kept].slice(0, KEPT);
      return true;
    },
  };
}

function weightsOf({ starts, rows, values }: SparseColumns, ray: Float64Array): Weights {
  const all = Float64Array.from({ length: starts.length - 1 }, (_, j) => {
    let sum = 0;
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) sum += (values[k] ?? 0) * (ray[rows[k] ?? 0] ?? 0);
    return sum;
  });
  const norm = all.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const at = Int32Array.from(all.keys()).filter((j) => Math.abs(all[j] ?? 0) > ROUNDING * norm);
  return { at, values: Float64Array.from(at, (j) => all[j] ?? 0), norm };
}

/** Whether the weighted sum stays below zero wherever columns and rows stand within their bounds. */
function proves({ at, values, norm }: Weights, bounds: ProgramBounds, count: number): boolean {
  let most = 0;
  for (let k = 0; k < at.length; k++) {
    const j = at[k] ?? 0;
    const weight = values[k] ?? 0;
    const own = j < count;
    const end = weight > 0 ? (own ? bounds.upper : bounds.rowUpper) : own ? bounds.lower : bounds.rowLower;
    most += weight * (end[own ? j : j - count] ?? 0);
  }
  return most < -MARGIN * norm;
}
