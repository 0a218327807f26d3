import type { Random } from "./seeded-random.ts";

/** A body within a box, and the fixed directions in which a walk in it may move. */
export interface WalkSpace {
  /** Limits of each coordinate, shape [n]; may be infinite. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Shape [directions, n], row by row; 0 exactly where a direction leaves a coordinate alone. */
  readonly directions: Float64Array;
}

/**
 * Hit-and-run: each step takes one of the directions, all equally often, and a uniform point of the chord within the box;
 * moves `point`. As directions are fixed, the walk's limit is the uniform distribution.
 * @see doi:10.1287/opre.32.6.1296
 */
export function hitAndRun(space: WalkSpace, point: Float64Array, steps: number, random: Random): void {
  const { directions } = space;
  const n = point.length;
  const count = directions.length / n;
  if (count === 0) return;
  for (let step = 0; step < steps; step++) {
    const start = random.integer(count) * n;
    const t = alongChord(space, point, start, random.next());
    for (let j = 0; j < n; j++) point[j] = (point[j] ?? 0) + t * (directions[start + j] ?? 0);
  }
}

/** How far to go: the share `at` of the chord through the point; 0 where the chord has no end. */
function alongChord({ lower, upper, directions }: WalkSpace, point: Float64Array, start: number, at: number): number {
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  for (let j = 0; j < point.length; j++) {
    const d = directions[start + j] ?? 0;
    if (d === 0) continue;
    const x = point[j] ?? 0;
    const toUpper = ((upper[j] ?? 0) - x) / d;
    const toLower = ((lower[j] ?? 0) - x) / d;
    if (d > 0) {
      if (toUpper < to) to = toUpper;
      if (toLower > from) from = toLower;
    } else {
      if (toLower < to) to = toLower;
      if (toUpper > from) from = toUpper;
    }
  }
  if (to - from === Number.POSITIVE_INFINITY) return 0;
  const [back, ahead] = [Math.min(0, from), Math.max(0, to)];
  return back + at * (ahead - back);
}
