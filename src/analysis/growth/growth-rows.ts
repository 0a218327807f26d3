import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";
import { rankCorrelation } from "../metrics/rank-correlation.ts";
import { grows } from "./gene-growth.ts";
import { GROWS_FROM } from "./keio.ts";

/** A predictor of which mutants grow, and how well. */
export interface GrowthEntry {
  readonly name: string;
  /** Growth relative to the wild type, shape [genes]. */
  readonly shares: Float64Array;
}

export interface GrowthRow {
  readonly name: string;
  /** Right predictions. */
  readonly grow: number;
  readonly dont: number;
  /** Grows, but was predicted not to. */
  readonly missed: number;
  /** Was predicted to grow, but doesn't. */
  readonly wrong: number;
  readonly accuracy: Interval;
  /** Matthews correlation; NaN where all predictions are equal. */
  readonly correlation: number;
  /** Rank correlation of predicted growth with the measured density, among mutants that grow; NaN where constant. */
  readonly rank: number;
  /** Accuracy less that of the first entry, paired by gene. */
  readonly gain: Interval;
}

/** @param density measured, shape [genes] */
export function growthRows(
  genes: readonly string[],
  density: Float64Array,
  entries: readonly GrowthEntry[],
  options: BootstrapOptions,
): GrowthRow[] {
  const lives = (k: number) => (density[k] ?? 0) >= GROWS_FROM;
  const right = entries.map(({ shares }) => Array.from(shares, (share, k) => grows(share) === lives(k)));
  const share = (hits: readonly boolean[], drawn: readonly number[]) =>
    drawn.reduce((sum, k) => sum + (hits[k] === true ? 1 : 0), 0) / drawn.length;
  const [first = []] = right;
  const living = [...density.keys()].filter(lives);
  const ofLiving = (values: Float64Array) => Float64Array.from(living, (k) => values[k] ?? 0);
  return entries.map(({ name, shares }, e) => {
    const hits = right[e] ?? [];
    const counts = { grow: 0, dont: 0, missed: 0, wrong: 0 };
    hits.forEach((hit, k) => {
      if (lives(k)) counts[hit ? "grow" : "missed"]++;
      else counts[hit ? "dont" : "wrong"]++;
    });
    return {
      name,
      ...counts,
      accuracy: clusterBootstrap(genes, (drawn) => share(hits, drawn), options),
      correlation: matthews(counts),
      rank: rankCorrelation(ofLiving(shares), ofLiving(density)),
      gain: clusterBootstrap(genes, (drawn) => share(hits, drawn) - share(first, drawn), options),
    };
  });
}

function matthews({ grow, dont, missed, wrong }: Pick<GrowthRow, "grow" | "dont" | "missed" | "wrong">): number {
  const scale = Math.sqrt((grow + wrong) * (grow + missed) * (dont + wrong) * (dont + missed));
  return (grow * dont - wrong * missed) / scale;
}
