import { mean, pearson } from "../../numerics/statistics.ts";

/** Predicted or observed changes: one array of variables for each condition. */
export type Changes = readonly Float64Array[];

/** Mean squared error of each condition, shape [conditions]. */
export function squaredErrors(predicted: Changes, observed: Changes): Float64Array {
  return Float64Array.from(observed, (y, c) => {
    const p = predicted[c] ?? y;
    return mean(y.map((value, i) => ((p[i] ?? 0) - value) ** 2));
  });
}

/** Pearson's r of each condition over variables, shape [conditions]; NaN where the prediction is constant. */
export function correlations(predicted: Changes, observed: Changes): Float64Array {
  return Float64Array.from(observed, (y, c) => pearson(predicted[c] ?? y, y));
}

/**
 * Mean over conditions of Pearson's r over variables. A condition whose prediction is constant says nothing of the
 * pattern and counts as 0; NaN where that holds for all of them.
 */
export function meanCorrelation(predicted: Changes, observed: Changes): number {
  return definedMean(correlations(predicted, observed));
}

/** Mean of correlations with undefined ones as 0; NaN where all are undefined. */
export function definedMean(r: Float64Array): number {
  if (r.every((value) => Number.isNaN(value))) return Number.NaN;
  return mean(r.map((value) => (Number.isNaN(value) ? 0 : value)));
}

/**
 * Mean correlation after the mean training change was taken from both sides: what is specific to the condition.
 * @param centres the mean training change for each condition
 */
export function meanCentredCorrelation(predicted: Changes, observed: Changes, centres: Changes): number {
  const less = (changes: Changes) => changes.map((y, c) => y.map((value, i) => value - (centres[c]?.[i] ?? 0)));
  return meanCorrelation(less(predicted), less(observed));
}

/** The variables with a flag alone, for each condition. */
export function flagged(changes: Changes, flags: readonly Uint8Array[]): Changes {
  return changes.map((y, c) => y.filter((_, i) => flags[c]?.[i] === 1));
}

/** Pearson's r over all values of the conditions drawn, repeats included. */
export function pooledCorrelation(predicted: Changes, observed: Changes, conditions: readonly number[]): number {
  const pool = (changes: Changes): number[] => {
    const all: number[] = [];
    for (const c of conditions) for (const value of changes[c] ?? []) all.push(value);
    return all;
  };
  return pearson(pool(predicted), pool(observed));
}
