import { mean } from "../../numerics/statistics.ts";
import { type Activities, meanOfSamples } from "./activities.ts";
import type { KnockoutPair } from "./pairs.ts";

/** The same change measured twice, from disjoint knockouts and disjoint controls. */
export interface ReplicateChanges {
  /** Indices of the pairs that have two replicates of both. */
  readonly pairs: readonly number[];
  readonly first: readonly Float64Array[];
  readonly second: readonly Float64Array[];
}

/** First replicate minus first control beside second replicate minus second control. */
export function replicateChanges(pairs: readonly KnockoutPair[], activities: Activities): ReplicateChanges {
  const indices = [...pairs.keys()].filter((i) => {
    const pair = pairs[i];
    return pair !== undefined && pair.knockoutSamples.length > 1 && pair.wildTypeSamples.length > 1;
  });
  const change = (replicate: number) =>
    indices.map((i) => {
      const { knockoutSamples = [], wildTypeSamples = [] } = pairs[i] ?? {};
      const knockout = meanOfSamples(activities, knockoutSamples.slice(replicate, replicate + 1));
      const wildType = meanOfSamples(activities, wildTypeSamples.slice(replicate, replicate + 1));
      return knockout.map((value, v) => value - (wildType[v] ?? 0));
    });
  return { pairs: indices, first: change(0), second: change(1) };
}

/**
 * Standard deviation of one replicate's change for each variable, shape [variables]: the difference of two independent
 * measurements has twice the variance of one.
 */
export function replicateNoise({ first, second }: ReplicateChanges, variables: number): Float64Array {
  return Float64Array.from({ length: variables }, (_, v) =>
    Math.sqrt(mean(first.map((change, c) => ((change[v] ?? 0) - (second[c]?.[v] ?? 0)) ** 2)) / 2),
  );
}
