import type { Reference } from "../presolve/reference.ts";
import type { RoomOptions } from "./room-options.ts";

/** A range around a chain's reference flux within which some of its reactions count as unchanged. */
export interface ToleratedRange {
  readonly chain: number;
  /** Half its width, in flux of the chain. */
  readonly half: number;
  /** How many reactions share it. */
  readonly count: number;
}

/** The ranges of all chains, by chain, narrowest first. Reactions whose fluxes are equal or opposite share one. */
export function toleratedRanges(
  { sub }: Reference,
  reference: Float64Array,
  { delta = 0.03, epsilon = 1e-3 }: RoomOptions,
): ToleratedRange[] {
  const counts = sub.model.reactions.map(() => new Map<string, { half: number; count: number }>());
  sub.chain.forEach((c, j) => {
    if (c < 0) return;
    const half = (delta * Math.abs(reference[j] ?? 0) + epsilon) / Math.abs(sub.factor[j] ?? 1);
    const key = half.toPrecision(9);
    const found = counts[c]?.get(key);
    if (found === undefined) counts[c]?.set(key, { half, count: 1 });
    else found.count++;
  });
  return counts.flatMap((ranges, chain) =>
    [...ranges.values()].sort((a, b) => a.half - b.half).map(({ half, count }) => ({ chain, half, count })),
  );
}

/** A flux that is beyond its range by less is within it, mmol gDW^-1 h^-1. */
const NOTHING = 1e-8;

/** How many reactions leave their ranges. @param change of each chain's flux, shape [chains] */
export function switched(ranges: readonly ToleratedRange[], change: Float64Array): number {
  const leaves = ({ chain, half }: ToleratedRange) => Math.abs(change[chain] ?? 0) > half + NOTHING;
  return ranges.reduce((sum, range) => sum + (leaves(range) ? range.count : 0), 0);
}
