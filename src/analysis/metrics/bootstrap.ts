import { seededRandom } from "../../numerics/seeded-random.ts";
import { quantile } from "../../numerics/statistics.ts";
import { groupBy } from "../group.ts";

/** A figure with its interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Number of resamples. */
  readonly resamples: number;
  readonly seed: number;
  /** Share of the interval, 0.95 unless said otherwise. */
  readonly level?: number;
}

/**
 * Percentile interval of a statistic when whole groups are drawn again with replacement (cluster bootstrap). The draws
 * depend on the seed and the groups alone, so that two statistics with one seed are paired.
 * @param group the group of each condition
 * @param statistic figure for the conditions with these indices (repeats included); resamples where it is NaN are left out
 */
export function clusterBootstrap(
  group: readonly string[],
  statistic: (conditions: readonly number[]) => number,
  { resamples, seed, level = 0.95 }: BootstrapOptions,
): Interval {
  const members = [...groupBy(group.keys(), (c) => group[c] ?? "").values()];
  const random = seededRandom(seed);
  const drawn: number[] = [];
  for (let b = 0; b < resamples; b++) {
    const conditions: number[] = [];
    for (let k = 0; k < members.length; k++) conditions.push(...(members[random.integer(members.length)] ?? []));
    const value = statistic(conditions);
    if (!Number.isNaN(value)) drawn.push(value);
  }
  drawn.sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return {
    estimate: statistic([...group.keys()]),
    low: quantile(drawn, tail),
    high: quantile(drawn, 1 - tail),
  };
}
