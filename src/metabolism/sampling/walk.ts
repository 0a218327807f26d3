import { breather } from "../../engine/breath.ts";
import { hitAndRun } from "../../numerics/hit-and-run.ts";
import { seededRandom } from "../../numerics/seeded-random.ts";
import type { Polytope } from "./polytope.ts";

/** Several chains through a polytope, as plain data that threads can share. */
export interface Walk {
  readonly polytope: Polytope;
  /** Draws of each chain. */
  readonly draws: readonly number[];
  /** Steps between draws. */
  readonly thinning: number;
  readonly seed: number;
}

/**
 * Walks all chains; a chain's draws don't depend on who walks it.
 * @param onDraws called now and then with how many draws are new
 * @returns draws of each chain, one after another; each of shape [draws, coordinates]
 */
export type WalkChains = (walk: Walk, onDraws: (count: number) => void) => Promise<Float64Array[]>;

/** Draws of a chain that are thrown away at its start. */
const BURN_IN = 50;
/** Chains start half-way between the centre and an extreme point, apart from one another. */
const APART = 0.5;
/** Makes a chain's stream of the seed: the golden ratio in 32 bits. */
const SPREAD = 0x9e3779b1;

/** A chain, draw by draw. */
export function* chainDraws({ polytope, draws, thinning, seed }: Walk, chain: number): Generator<Float64Array, void> {
  const random = seededRandom((Math.imul(seed, SPREAD) + chain) | 0);
  const { centre, extremes } = polytope;
  const end = extremes[random.integer(extremes.length)] ?? centre;
  const point = centre.map((value, j) => (1 - APART) * value + APART * (end[j] ?? 0));
  hitAndRun(polytope, point, BURN_IN * thinning, random);
  for (let k = 0; k < (draws[chain] ?? 0); k++) {
    hitAndRun(polytope, point, thinning, random);
    yield point;
  }
}

/** Walks all chains on the calling thread. */
export const walkHere: WalkChains = async (walk, onDraws) => {
  const breathe = breather();
  const n = walk.polytope.centre.length;
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
