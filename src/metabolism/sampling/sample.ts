import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import { type Convergence, convergence } from "../../numerics/sampling/chain-convergence.ts";
import { seededRandom } from "../../numerics/seeded-random.ts";
import { type FluxBounds, type FluxModel, requireContinuous } from "../model/flux-model.ts";
import { presolve } from "../presolve/presolve.ts";
import { expanded } from "../presolve/sub-model.ts";
import { polytope } from "./polytope.ts";
import { type WalkChains, walkHere } from "./walk.ts";

export interface SamplingOptions {
  readonly bounds?: FluxBounds;
  /** Share of the optimum that every sample's objective keeps, 0 to 1; 0 where absent. */
  readonly fraction?: number;
  /** Chains, each from a start of its own; 4 where absent. */
  readonly chains?: number;
  /** Steps between samples; where absent forty for each dimension, at least 500. */
  readonly thinning?: number;
  /** Any integer; equal seeds give equal samples. 1 where absent. */
  readonly seed?: number;
  /** Who walks the chains; the calling thread where absent. */
  readonly walk?: WalkChains;
  readonly onProgress?: (done: number) => void;
}

export interface FluxSamples {
  /** Chain after chain, each of shape [reactions]. */
  readonly samples: readonly Float64Array[];
  /** Samples of each chain. */
  readonly draws: readonly number[];
  readonly thinning: number;
  /** How far the chains of each reaction's flux have come, shape [reactions]; NaN where it doesn't move. */
  readonly convergence: readonly Convergence[];
}

const CHAINS = 4;
const LEAST_THINNING = 500;
const STEPS_A_DIRECTION = 40;
const STILL: Convergence = { rHat: Number.NaN, effective: Number.NaN };

/**
 * Flux distributions drawn uniformly from all that are possible: coordinate hit-and-run in the rounded body of the small
 * model, whose distributions are those of the model, in several chains. Samples keep S v = 0 and bounds to 1e-7.
 * @param count how many samples, over all chains
 * @throws CellweaveError where no flux distribution is possible, or a flux has no limit
 * @see doi:10.1287/opre.32.6.1296 (hit-and-run); doi:10.1093/bioinformatics/btx052 (with rounding)
 */
export async function sampleFluxes(
  model: FluxModel,
  count: number,
  options: SamplingOptions = {},
): Promise<FluxSamples> {
  const { bounds = model.bounds, fraction = 0, chains = CHAINS, seed = 1, walk = walkHere, onProgress } = options;
  if (!(fraction >= 0 && fraction <= 1))
    throw new CellweaveError("metabolism/fraction", `fraction of the optimum must be 0 to 1, got ${fraction}`);
  requireContinuous(model, "sampling", "its flux distributions fill no convex body to walk in");
  const runtime = await loadLp();
  const sub = presolve(runtime, model, bounds);
  const { body, extremes } = polytope(runtime, sub, bounds, fraction);
  const thinning =
    options.thinning ?? Math.max(LEAST_THINNING, STEPS_A_DIRECTION * (body.directions.starts.length - 1));
  const draws = Array.from({ length: chains }, (_, k) => Math.floor((count + chains - 1 - k) / chains));
  const random = seededRandom(seed);
  const towards = draws.map(() => extremes[random.integer(extremes.length)] ?? body.centre);
  let done = 0;
  const found = await walk({ body, towards, draws, thinning, seed }, (more) => {
    done += more;
    onProgress?.(done / count);
  });
  const width = body.centre.length;
  const small = Array.from({ length: width - 1 }, (_, j) =>
    convergence(found.map((points) => column(points, j, width))),
  );
  const samples = found.flatMap((points, chain) =>
    Array.from({ length: draws[chain] ?? 0 }, (_, k) => expanded(sub, points.subarray(k * width, (k + 1) * width))),
  );
  return { samples, draws, thinning, convergence: Array.from(sub.chain, (c) => small[c] ?? STILL) };
}

function column(points: Float64Array, j: number, width: number): Float64Array {
  return Float64Array.from({ length: points.length / width }, (_, k) => points[k * width + j] ?? 0);
}
