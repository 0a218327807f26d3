import { breather } from "../../engine/breath.ts";
import { hitAndRun } from "../../numerics/sampling/hit-and-run.ts";
import { seededRandom } from "../../numerics/seeded-random.ts";
import type { RoundedBody } from "./rounding.ts";

/** Several chains through a body, as plain data that threads can share. */
export interface Walk {
  readonly body: RoundedBody;
  /** Extreme points towards which chains start, one a chain; each of shape [fluxes + 1]. */
  readonly towards: readonly Float64Array[];
  /** Draws of each chain. */
  readonly draws: readonly number[];
  /** Steps between draws. */
  readonly thinning: number;
  readonly seed: number;
}

/**
 * Walks all chains; a chain's draws don't depend on who walks it.
 * @param onDraws called now and then with how many draws are new
 * @returns draws of each chain, one after another; each of shape [draws, fluxes + 1]
 */
export type WalkChains = (walk: Walk, onDraws: (count: number) => void) => Promise<Float64Array[]>;

/** Draws of a chain that are thrown away at its start. */
const BURN_IN = 50;
/** Chains start half-way between the centre and an extreme point, apart from one another. */
const APART = 0.5;
/** Makes a chain's stream of the seed: the golden ratio in 32 bits. */
const SPREAD = 0x9e3779b1;

/** A chain, draw by draw. */
export function* chainDraws(walk: Walk, chain: number): Generator<Float64Array, void> {
  const { body, towards, draws, thinning, seed } = walk;
  const random = seededRandom((Math.imul(seed, SPREAD) + chain) | 0);
  const gone = startToward(body, towards[chain] ?? body.centre);
  let fluxes = fluxesAt(body, gone);
  for (let k = -BURN_IN; k < (draws[chain] ?? 0); k++) {
    const point = Float64Array.from(body.coordinates, (j) => fluxes[j] ?? 0);
    hitAndRun(body, point, gone, thinning, random);
    fluxes = fluxesAt(body, gone);
    if (k >= 0) yield fluxes;
  }
}

/** How far to go along each direction from the centre to get half-way to a point. */
function startToward({ directions, coordinates, centre, metric }: RoundedBody, end: Float64Array): Float64Array {
  return Float64Array.from({ length: directions.starts.length - 1 }, (_, k) => {
    let sum = 0;
    for (let e = directions.starts[k] ?? 0; e < (directions.starts[k + 1] ?? 0); e++) {
      const i = directions.coordinates[e] ?? 0;
      const j = coordinates[i] ?? 0;
      sum += (directions.values[e] ?? 0) * (metric[i] ?? 0) * ((end[j] ?? 0) - (centre[j] ?? 0));
    }
    return APART * sum;
  });
}

/** The fluxes anew from the centre, so that steps' rounding doesn't add up: they balance as the centre does. */
function fluxesAt({ centre, changes }: RoundedBody, gone: Float64Array): Float64Array {
  const fluxes = centre.slice();
  for (let k = 0; k < gone.length; k++) {
    const t = gone[k] ?? 0;
    const start = k * fluxes.length;
    for (let j = 0; j < fluxes.length; j++) fluxes[j] = (fluxes[j] ?? 0) + t * (changes[start + j] ?? 0);
  }
  return fluxes;
}

/** Walks all chains on the calling thread. */
export const walkHere: WalkChains = async (walk, onDraws) => {
  const breathe = breather();
  const n = walk.body.centre.length;
  const chains: Float64Array[] = [];
  for (const [chain, draws] of walk.draws.entries()) {
    const found = new Float64Array(draws * n);
    let k = 0;
    for (const point of chainDraws(walk, chain)) {
      found.set(point, k++ * n);
      onDraws(1);
      await breathe();
    }
    chains.push(found);
  }
  return chains;
};
