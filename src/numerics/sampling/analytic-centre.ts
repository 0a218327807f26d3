import { dot, solveCholesky } from "../linear/linalg.ts";
import { type Body, curvatures, factorWeighted } from "./barrier.ts";

/** Newton's decrement at which the centre counts as found. */
const ENOUGH = 0.1;
const MOST_STEPS = 100;
const HALVINGS = 40;
/** Share of the way to the border that a step may go. */
const SHORT_OF = 0.999;

/**
 * The analytic centre of a body, by Newton's method with an exact line search.
 * @param values of the rows at a point strictly within; moved to the centre
 * @returns how far the centre lies from that point, shape [dimensions]; undefined where the body isn't full-dimensional
 * @see doi:10.1017/CBO9780511804441 (section 8.5.3)
 */
export function analyticCentre(body: Body, values: Float64Array): Float64Array | undefined {
  const { rows, lower, upper } = body;
  const moved = new Float64Array(rows[0]?.length ?? 0);
  const counted = (limit: number) => (Number.isFinite(limit) ? 1 : 0);
  const weights = { lower: lower.map(counted), upper: upper.map(counted) };
  for (let count = 0; count < MOST_STEPS; count++) {
    const factor = factorWeighted(rows, curvatures(body, weights, values));
    if (factor === undefined) return undefined;
    const step = new Float64Array(moved.length);
    rows.forEach((row, i) => {
      const pull = slope(body, i, values[i] ?? 0, 1);
      for (let k = 0; k < step.length; k++) step[k] = (step[k] ?? 0) + pull * (row[k] ?? 0);
    });
    const gradient = step.slice();
    solveCholesky(factor, step);
    const ahead = Float64Array.from(rows, (row) => dot(row, step));
    const t = bestStep(body, values, ahead);
    for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + t * (ahead[i] ?? 0);
    for (let k = 0; k < moved.length; k++) moved[k] = (moved[k] ?? 0) + t * (step[k] ?? 0);
    if (dot(gradient, step) < ENOUGH ** 2) break;
  }
  return moved;
}

/** Derivative of the sum of logarithms of row i's distances, moving at `speed`. */
function slope({ lower, upper }: Body, i: number, x: number, speed: number): number {
  return speed / (x - (lower[i] ?? 0)) - speed / ((upper[i] ?? 0) - x);
}

/** Where the sum of logarithms is largest along a direction, by bisection of its derivative. */
function bestStep(body: Body, values: Float64Array, ahead: Float64Array): number {
  let nearest = 0;
  ahead.forEach((v, i) => {
    const x = values[i] ?? 0;
    nearest = Math.max(nearest, v > 0 ? v / ((body.upper[i] ?? 0) - x) : -v / (x - (body.lower[i] ?? 0)));
  });
  if (nearest === 0) return 0;
  let [from, to] = [0, SHORT_OF / nearest];
  for (let k = 0; k < HALVINGS; k++) {
    const t = (from + to) / 2;
    let rising = 0;
    ahead.forEach((v, i) => {
      rising += slope(body, i, (values[i] ?? 0) + t * v, v);
    });
    if (rising > 0) from = t;
    else to = t;
  }
  return (from + to) / 2;
}
