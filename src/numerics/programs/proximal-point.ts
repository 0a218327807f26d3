import type { SparseColumns } from "./lp.ts";
import { type NearestPoints, nearestPoints } from "./nearest-point.ts";

/** Weight, in place of none, of the distance from the iteration before. */
const PULL = 1e-6;
const ITERATIONS = 100;
/** What weighs nothing has come to rest, relative. */
const REST = 1e-12;

/**
 * Nearest points where some columns weigh nothing, as auxiliary sums do: each is held near where it was one iteration
 * before, until none moves, when what held it is 0. Without such columns one iteration is all.
 * @param weights >= 0, shape [columns]
 * @see doi:10.1137/0314056 (proximal point algorithm)
 */
export function nearestWhereSomeWeighNothing(matrix: SparseColumns, weights: Float64Array): NearestPoints {
  const light = [...weights.keys()].filter((j) => weights[j] === 0);
  const nearest = nearestPoints(
    matrix,
    weights.map((weight) => (weight === 0 ? PULL : weight)),
  );
  if (light.length === 0) return nearest;
  return {
    solve(lower, upper, b) {
      const [low, high, side] = [lower.slice(), upper.slice(), b.slice()];
      const origin = new Float64Array(light.length);
      for (let iteration = 0; iteration < ITERATIONS; iteration++) {
        const point = nearest.solve(low, high, side);
        if (point === undefined) return undefined;
        const moves = light.map((j) => point[j] ?? 0);
        light.forEach((j, k) => {
          const move = moves[k] ?? 0;
          origin[k] = (origin[k] ?? 0) + move;
          low[j] = (lower[j] ?? 0) - (origin[k] ?? 0);
          high[j] = (upper[j] ?? 0) - (origin[k] ?? 0);
          subtractColumn(matrix, j, move, side);
        });
        const atRest = moves.every((move, k) => Math.abs(move) <= REST * Math.max(1, Math.abs(origin[k] ?? 0)));
        if (!atRest) continue;
        light.forEach((j, k) => {
          point[j] = origin[k] ?? 0;
        });
        return point;
      }
      return undefined;
    },
  };
}

function subtractColumn({ starts, rows, values }: SparseColumns, j: number, times: number, from: Float64Array): void {
  for (let e = starts[j] ?? 0; e < (starts[j + 1] ?? 0); e++) {
    const i = rows[e] ?? 0;
    from[i] = (from[i] ?? 0) - (values[e] ?? 0) * times;
  }
}
