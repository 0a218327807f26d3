import type { Matrix } from "../linear/linalg.ts";
import { type Body, factorWeighted, squaredNorms } from "./barrier.ts";

/** { y : y' L L' y <= 1 }, with L L' the rows weighted. */
export interface Ellipsoid {
  readonly factor: Matrix;
  /** Shape [rows]. */
  readonly weights: Float64Array;
}

/** How far the ellipsoid may reach beyond a row's nearer limit, as a share of the square of the distance. */
const EXCESS = 0.05;
const MOST_ROUNDS = 40;

/**
 * The largest ellipsoid around a point within a body, to 5 % of the squared distances: the John ellipsoid of the part of the
 * body that is symmetric about the point, by the fixed point of its weights.
 * @param values of the rows at the point, strictly within the limits
 * @returns undefined where the body isn't full-dimensional
 * @see http://proceedings.mlr.press/v99/cohen19a.html (algorithm 1)
 */
export function johnEllipsoid({ rows, lower, upper }: Body, values: Float64Array): Ellipsoid | undefined {
  const squares = values.map((x, i) => Math.min(x - (lower[i] ?? 0), (upper[i] ?? 0) - x) ** 2);
  const share = (rows[0]?.length ?? 0) / rows.length;
  const weights = squares.map((square) => share / square);
  for (let round = 0; ; round++) {
    const factor = factorWeighted(rows, weights);
    if (factor === undefined) return undefined;
    const reach = squaredNorms(factor, rows).map((norm, i) => norm / (squares[i] ?? 1));
    if (round === MOST_ROUNDS || reach.every((r) => r <= 1 + EXCESS)) return { factor, weights };
    reach.forEach((r, i) => {
      weights[i] = (weights[i] ?? 0) * r;
    });
  }
}

/** The ellipsoid's half axes in some orthogonal frame: columns of L^-T, each of shape [dimensions]. */
export function halfAxes({ rows: d, data }: Matrix): Float64Array[] {
  return Array.from({ length: d }, (_, k) => {
    const axis = new Float64Array(d);
    axis[k] = 1 / (data[k * d + k] ?? 1);
    for (let i = k - 1; i >= 0; i--) {
      let sum = 0;
      for (let l = i + 1; l <= k; l++) sum += (data[l * d + i] ?? 0) * (axis[l] ?? 0);
      axis[i] = -sum / (data[i * d + i] ?? 1);
    }
    return axis;
  });
}
