import { CellweaveError } from "../errors.ts";
import { type LpRuntime, loadLp } from "../numerics/lp.ts";
import { type Random, seededRandom } from "../numerics/seeded-random.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";
import { openNearOptimal } from "./objective-row.ts";
import { presolve } from "./presolve/presolve.ts";
import { expanded, type SubModel } from "./presolve/sub-model.ts";

export interface SamplingOptions {
  readonly bounds?: FluxBounds;
  /** Share of the optimum that every sample's objective keeps, 0 to 1; 0 where absent. */
  readonly fraction?: number;
  /** Steps between samples; 100 where absent. */
  readonly thinning?: number;
  /** Any integer; equal seeds give equal samples. 1 where absent. */
  readonly seed?: number;
  readonly onProgress?: (done: number) => void;
}

/** A flux nearer to a bound than this doesn't move further towards it. */
const MARGIN = 1e-9;
/** Steps before the first sample, in units of the thinning. */
const BURN_IN = 10;

/**
 * Flux distributions drawn uniformly from all that are possible: hit-and-run, with directions from the mean of extreme
 * points (found by linear programs) to each of them. The set of directions is fixed, so that the walk's limit is the
 * uniform distribution. It walks the small model, whose distributions are those of the model.
 * @param count how many samples
 * @returns samples, each of shape [reactions]
 * @throws CellweaveError where no flux distribution is possible, or a flux has no limit
 * @see doi:10.1287/opre.32.6.1296 (hit-and-run); doi:10.1287/opre.46.1.84 (directions by centering)
 */
export async function sampleFluxes(
  model: FluxModel,
  count: number,
  { bounds = model.bounds, fraction = 0, thinning = 100, seed = 1, onProgress }: SamplingOptions = {},
): Promise<Float64Array[]> {
  const runtime = await loadLp();
  const sub = presolve(runtime, model, bounds);
  const { extremes, limits } = polytope(runtime, sub, bounds, fraction);
  const n = sub.model.reactions.length;
  const centre = new Float64Array(n);
  for (const point of extremes)
    for (let j = 0; j < n; j++) centre[j] = (centre[j] ?? 0) + (point[j] ?? 0) / extremes.length;
  const directions = extremes.map((point) => point.map((v, j) => v - (centre[j] ?? 0)));
  const random = seededRandom(seed);
  const point = centre.slice();
  const samples: Float64Array[] = [];
  for (let step = 0; step < BURN_IN * thinning; step++) hitAndRun(point, directions, limits, random);
  for (let k = 0; k < count; k++) {
    for (let step = 0; step < thinning; step++) hitAndRun(point, directions, limits, random);
    samples.push(expanded(sub, point));
    onProgress?.((k + 1) / count);
  }
  return samples;
}

/** Limits of the walk: bounds of the fluxes and the least objective. */
interface Limits extends FluxBounds {
  readonly objective: Float64Array;
  readonly least: number;
}

/** One step: a random direction, the chord within the limits, a uniform point on it; moves `point`. */
function hitAndRun(point: Float64Array, directions: readonly Float64Array[], limits: Limits, random: Random): void {
  const direction = directions[random.integer(directions.length)];
  if (direction === undefined) return;
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  const narrow = (room: number, slope: number): void => {
    if (slope > 0) to = Math.min(to, Math.max(0, room) / slope);
    else from = Math.max(from, Math.max(0, room) / slope);
  };
  for (let j = 0; j < point.length; j++) {
    const d = direction[j] ?? 0;
    if (Math.abs(d) < MARGIN) continue;
    const v = point[j] ?? 0;
    narrow((limits.upper[j] ?? 0) - v, d);
    narrow(v - (limits.lower[j] ?? 0), -d);
  }
  const gain = dot(limits.objective, direction);
  if (limits.least > Number.NEGATIVE_INFINITY && Math.abs(gain) > MARGIN)
    narrow(dot(limits.objective, point) - limits.least, -gain);
  if (!(to > from) || !Number.isFinite(to - from)) return;
  const t = from + random.next() * (to - from);
  for (let j = 0; j < point.length; j++) point[j] = (point[j] ?? 0) + t * (direction[j] ?? 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] ?? 0) * (b[j] ?? 0);
  return sum;
}

/** The small model's limits, and a point with the least and one with the largest value of each of its fluxes. */
function polytope(runtime: LpRuntime, sub: SubModel, bounds: FluxBounds, fraction: number) {
  const opened = openNearOptimal(runtime, sub, bounds, fraction);
  if (!("session" in opened))
    throw new CellweaveError("metabolism/sampling", `nothing to sample: ${opened.message}`, { kind: "solver" });
  const { session, program, optimum } = opened;
  const { model } = sub;
  const sign = model.sense === "maximize" ? 1 : -1;
  const objective = model.objective.map((c) => sign * c);
  const least = fraction > 0 ? fraction * sign * optimum.objective : Number.NEGATIVE_INFINITY;
  const limits: Limits = { lower: program.lower, upper: program.upper, objective, least };
  try {
    const extremes: Float64Array[] = [];
    for (let j = 0; j < model.reactions.length; j++) {
      session.setCost(j, 1);
      for (const sense of ["minimize", "maximize"] as const) {
        session.setSense(sense);
        if (session.solve() !== "optimal")
          throw new CellweaveError("metabolism/sampling", `'${model.reactions[j]?.id}' has no limit`, {
            hint: "give it finite bounds; a uniform sample needs them",
          });
        extremes.push(session.point().values);
      }
      session.setCost(j, 0);
    }
    return { extremes, limits };
  } finally {
    session.dispose();
  }
}
