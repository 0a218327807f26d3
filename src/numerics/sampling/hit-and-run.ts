import type { Random } from "../seeded-random.ts";

/** Directions, each of which moves some coordinates: sparse rows. */
export interface Directions {
  /** Where each direction begins, shape [directions + 1]. */
  readonly starts: Int32Array;
  readonly coordinates: Int32Array;
  /** Change of the coordinate along the direction, never 0. */
  readonly values: Float64Array;
}

/** A body within a box, and the fixed directions in which a walk in it may move. */
export interface WalkSpace {
  /** Limits of each coordinate, shape [coordinates]; may be infinite. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly directions: Directions;
}

/**
 * Coordinate hit-and-run: each step takes one of the directions, all equally often, and a uniform point of the chord within
 * the box. As directions are fixed, the walk's limit is the uniform distribution.
 * @param point moved; shape [coordinates]
 * @param gone how far it went along each direction, added to; shape [directions]
 * @see doi:10.1287/opre.32.6.1296
 */
export function hitAndRun(
  space: WalkSpace,
  point: Float64Array,
  gone: Float64Array,
  steps: number,
  random: Random,
): void {
  const { starts, coordinates, values } = space.directions;
  if (gone.length === 0) return;
  for (let step = 0; step < steps; step++) {
    const k = random.integer(gone.length);
    const t = alongChord(space, point, k, random.next());
    gone[k] = (gone[k] ?? 0) + t;
    const end = starts[k + 1] ?? 0;
    for (let e = starts[k] ?? 0; e < end; e++) {
      const j = coordinates[e] ?? 0;
      point[j] = (point[j] ?? 0) + t * (values[e] ?? 0);
    }
  }
}

/** How far to go: the share `at` of the chord through the point; 0 where the chord has no end. */
function alongChord({ lower, upper, directions }: WalkSpace, point: Float64Array, k: number, at: number): number {
  const { starts, coordinates, values } = directions;
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  const end = starts[k + 1] ?? 0;
  for (let e = starts[k] ?? 0; e < end; e++) {
    const j = coordinates[e] ?? 0;
    const x = point[j] ?? 0;
    const per = 1 / (values[e] ?? 1);
    const toUpper = ((upper[j] ?? 0) - x) * per;
    const toLower = ((lower[j] ?? 0) - x) * per;
    if (per > 0) {
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
