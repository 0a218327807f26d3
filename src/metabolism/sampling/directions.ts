import { seededRandom } from "../../numerics/seeded-random.ts";

/** A change below this is the solver's tolerance, mmol gDW^-1 h^-1. */
const NOTHING = 1e-9;
/** Two points nearer than this are one, and no direction. */
const APART = 1e-6;
/** Pairs are the same for everyone. */
const PAIRS_SEED = 7;

/**
 * Directions of a walk: from the centre to each extreme point, from the least to the largest value of each flux, and
 * between as many pairs of extreme points drawn at random. The first kind reaches everywhere, the second moves little else
 * than one flux, the third many; each mixes where the others are slow.
 * @param extremes least and largest value of one flux after another, each of shape [n]
 * @returns shape [directions, n], each scaled to a largest change of 1
 * @see doi:10.1287/opre.46.1.84 (directions by centering)
 */
export function directionsFrom(extremes: readonly Float64Array[]): Float64Array {
  const centre = meanPoint(extremes);
  const random = seededRandom(PAIRS_SEED);
  const any = () => extremes[random.integer(extremes.length)] ?? centre;
  const found = [
    ...extremes.map((point) => between(centre, point)),
    ...extremes.flatMap((point, k) => (k % 2 === 1 ? [between(extremes[k - 1] ?? centre, point)] : [])),
    ...extremes.map(() => between(any(), any())),
  ].filter((direction) => largest(direction) > APART);
  const n = centre.length;
  const directions = new Float64Array(found.length * n);
  found.forEach((direction, k) => {
    const scale = largest(direction);
    direction.forEach((d, j) => {
      directions[k * n + j] = Math.abs(d) < NOTHING ? 0 : d / scale;
    });
  });
  return directions;
}

/** The mean of some points, each of shape [n]; empty where there are none. */
export function meanPoint(points: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(points[0]?.length ?? 0);
  for (const point of points)
    for (let j = 0; j < mean.length; j++) mean[j] = (mean[j] ?? 0) + (point[j] ?? 0) / points.length;
  return mean;
}

function between(from: Float64Array, to: Float64Array): Float64Array {
  return to.map((value, j) => value - (from[j] ?? 0));
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
