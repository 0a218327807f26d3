import { normalEquations } from "../linear/normal-equations.ts";
import type { SparseColumns } from "./lp.ts";

/** A problem of the nearest point, asked again for other bounds and sides. */
export interface NearestPoints {
  /**
   * @param lower shape [columns], as is `upper`
   * @param b shape [rows]
   * @returns the point, shape [columns]; undefined where none was found, as where no point satisfies the rows
   */
  solve(lower: Float64Array, upper: Float64Array, b: Float64Array): Float64Array | undefined;
}

interface NearestPoint {
  /** Largest |b - A x|, relative to the terms that a row sums. */
  readonly missing: number;
  /** Shape [columns]; within its bounds in any case. */
  readonly point: Float64Array;
}

/** Rows are met within this, relative to the terms that they sum; where rounding forbids it, within the second. */
const TOLERANCE = 1e-12;
const USUAL = 1e-9;
/** Of the normal equations, relative; tried one after the other. */
const DAMPINGS = [1e-10, 1e-12, 1e-8];
/** With each damping; where that is not enough for any of them, as far from the start, the second. */
const ITERATIONS = [300, 3000];
const HALVINGS = 80;

/**
 * Least sum of weight_j x_j^2 subject to A x = b and lower <= x <= upper, weights > 0, by Newton's method on the
 * multipliers of the rows: x_j is (A' y)_j / weight_j, cut at its bounds, and b - A x is the slope of a concave function
 * of y whose top is looked for, along each direction exactly. The answer satisfies the conditions of optimality by how it
 * is made, to rounding; there is only one.
 * @param weights shape [columns]
 * @see doi:10.1007/BF01581275 (Newton's method where the slope has kinks)
 */
export function nearestPoints(matrix: SparseColumns, weights: Float64Array): NearestPoints {
  const n = weights.length;
  const m = matrix.rowCount;
  const equations = normalEquations(matrix);
  const slope = new Float64Array(m);
  const step = new Float64Array(m);
  const pull = new Float64Array(n);
  const turn = new Float64Array(n);
  const free = new Float64Array(n);
  const from = (
    lower: Float64Array,
    upper: Float64Array,
    b: Float64Array,
    damping: number,
    most: number,
  ): NearestPoint => {
    const point = new Float64Array(n);
    pull.fill(0);
    for (let iteration = 0; ; iteration++) {
      for (let j = 0; j < n; j++) {
        const x = (pull[j] ?? 0) / (weights[j] ?? 1);
        const [low, high] = [lower[j] ?? 0, upper[j] ?? 0];
        point[j] = x < low ? low : x > high ? high : x;
        free[j] = x > low && x < high ? 1 / (weights[j] ?? 1) : 0;
      }
      const left = missing(matrix, point, b, slope);
      if (left <= TOLERANCE || iteration === most) return { missing: left, point };
      equations.factor(free, damping);
      step.set(slope);
      equations.solve(step);
      transposedTimes(matrix, step, turn);
      const rise = step.reduce((sum, s, i) => sum + s * (b[i] ?? 0), 0);
      const length = topAlong(pull, turn, weights, { lower, upper }, rise);
      for (let j = 0; j < n; j++) pull[j] = (pull[j] ?? 0) + length * (turn[j] ?? 0);
    }
  };
  return {
    solve(lower, upper, b) {
      let best: NearestPoint = { missing: Number.POSITIVE_INFINITY, point: new Float64Array(n) };
      for (const most of ITERATIONS) {
        for (const damping of DAMPINGS) {
          const found = from(lower, upper, b, damping, most);
          if (found.missing < best.missing) best = found;
          if (best.missing <= TOLERANCE) break;
        }
        if (best.missing <= USUAL) return best.point;
      }
      return undefined;
    },
  };
}

/** Fills `out` with b - A x; its largest entry, relative to the terms that the row sums. */
function missing({ starts, rows, values }: SparseColumns, x: Float64Array, b: Float64Array, out: Float64Array): number {
  out.set(b);
  const size = b.map((value) => 1 + Math.abs(value));
  for (let j = 0; j < x.length; j++) {
    const v = x[j] ?? 0;
    if (v === 0) continue;
    for (let e = starts[j] ?? 0; e < (starts[j + 1] ?? 0); e++) {
      const i = rows[e] ?? 0;
      const term = (values[e] ?? 0) * v;
      out[i] = (out[i] ?? 0) - term;
      size[i] = (size[i] ?? 0) + Math.abs(term);
    }
  }
  return out.reduce((most, value, i) => Math.max(most, Math.abs(value) / (size[i] ?? 1)), 0);
}

function transposedTimes({ starts, rows, values }: SparseColumns, y: Float64Array, out: Float64Array): void {
  for (let j = 0; j < out.length; j++) {
    let sum = 0;
    for (let e = starts[j] ?? 0; e < (starts[j + 1] ?? 0); e++) sum += (values[e] ?? 0) * (y[rows[e] ?? 0] ?? 0);
    out[j] = sum;
  }
}

/** How far to go along a direction: where the slope, which only falls, is 0. */
function topAlong(
  pull: Float64Array,
  turn: Float64Array,
  weights: Float64Array,
  { lower, upper }: { readonly lower: Float64Array; readonly upper: Float64Array },
  rise: number,
): number {
  const slopeAt = (length: number): number => {
    let slope = rise;
    for (let j = 0; j < pull.length; j++) {
      const t = turn[j] ?? 0;
      if (t === 0) continue;
      const x = ((pull[j] ?? 0) + length * t) / (weights[j] ?? 1);
      slope -= t * Math.min(upper[j] ?? 0, Math.max(lower[j] ?? 0, x));
    }
    return slope;
  };
  const begin = slopeAt(0);
  if (Math.abs(slopeAt(1)) <= 1e-3 * Math.abs(begin)) return 1;
  let [from, to] = [0, 1];
  for (let k = 0; k < HALVINGS && slopeAt(to) > 0; k++) [from, to] = [to, 2 * to];
  for (let k = 0; k < HALVINGS && to - from > 1e-12 * to; k++) {
    const middle = (from + to) / 2;
    if (slopeAt(middle) > 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
