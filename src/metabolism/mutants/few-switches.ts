import type { LpRuntime } from "../../numerics/programs/lp.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import type { Reference } from "../presolve/reference.ts";
import { elastic } from "./elastic.ts";
import { switched, type ToleratedRange } from "./tolerated-ranges.ts";

/** Times that prices are set anew. */
const ROUNDS = 12;
/** What is added to the flux beyond a range before its price is taken, mmol gDW^-1 h^-1. */
const SMOOTH = 1e-2;

/** A flux distribution in which few reactions switch, with how many. */
export interface FewSwitches {
  readonly count: number;
  /** Each chain's change from the reference, shape [chains]. */
  readonly change: Float64Array;
}

/**
 * Few switches by linear programs alone, not the fewest: flux beyond ranges is minimised again and again, each time
 * priced by the inverse of what was beyond before, so that little that is beyond goes first.
 * @param reach bounds of each chain's change
 * @returns the best of all rounds; undefined where the bounds admit no flux distribution
 * @see doi:10.1007/s00041-008-9045-x (reweighted l1)
 */
export function fewSwitches(
  runtime: LpRuntime,
  reference: Reference,
  { lower, upper }: FluxBounds,
  ranges: readonly ToleratedRange[],
): FewSwitches | undefined {
  const n = lower.length;
  const session = elastic(runtime, reference);
  const weight = new Float64Array(n);
  const half = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  for (const range of ranges) {
    weight[range.chain] = (weight[range.chain] ?? 0) + range.count;
    half[range.chain] = Math.min(half[range.chain] ?? 0, range.half);
  }
  for (let c = 0; c < n; c++) {
    const [least, most, h] = [lower[c] ?? 0, upper[c] ?? 0, half[c] ?? 0];
    const within = (bound: number) => Math.min(h, Math.max(-h, bound));
    const [low, high] = [within(least), within(most)];
    session.setBound(3 * c, low, high);
    session.setBound(3 * c + 1, Math.max(0, least - high), Math.max(0, most - high));
    session.setBound(3 * c + 2, Math.max(0, low - most), Math.max(0, low - least));
  }
  let best: FewSwitches | undefined;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      if ((round === 0 ? session.solve() : session.proceed()) !== "optimal") return best;
      const { values } = session.point();
      const beyond = (c: number) => (values[3 * c + 1] ?? 0) - (values[3 * c + 2] ?? 0);
      const change = Float64Array.from({ length: n }, (_, c) => (values[3 * c] ?? 0) + beyond(c));
      const count = switched(ranges, change);
      if (best === undefined || count < best.count) best = { count, change };
      for (let c = 0; c < n; c++) {
        const price = ((weight[c] ?? 0) * SMOOTH) / (Math.abs(beyond(c)) + SMOOTH);
        session.setCost(3 * c + 1, price);
        session.setCost(3 * c + 2, price);
      }
    }
    return best;
  } finally {
    session.dispose();
  }
}
