import { quantile } from "../../numerics/statistics.ts";
import { keyOf } from "../../regulation/in-context/experiments.ts";
import type { LeftOut } from "../../regulation/in-context/leave-one-out.ts";
import type { Predictor } from "../../regulation/in-context/predictors.ts";
import { squaredError } from "../../regulation/in-context/selection.ts";
import { clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";

/** One predictor on the user's own experiments, each set of interventions left out in turn. */
export interface PredictorRow {
  readonly name: string;
  readonly learned: boolean;
  /** Mean squared error in the table's unit squared, with a bootstrap interval over sets of interventions. */
  readonly mse: Interval;
  /** Share of changes whose direction is right, among those beyond the median size. */
  readonly sign: number;
  /** Quantile of |error| / spread for each of `LEVELS`: what makes a predictor's spread an interval. */
  readonly calibration: readonly number[];
}

export const LEVELS = [0.5, 0.8, 0.9] as const;

/** Measures all predictors, in the order given. */
export function compare(leftOut: readonly LeftOut[], predictors: readonly Predictor[], seed: number): PredictorRow[] {
  const groups = leftOut.map(({ condition }) => keyOf(condition.interventions));
  const sizes = Float64Array.from(
    leftOut.flatMap(({ measured }) => [...measured].filter(Number.isFinite).map(Math.abs)),
  ).sort();
  const notable = quantile(sizes, 0.5);
  return predictors.map(({ name, learned }, p) => {
    const errors = leftOut.map((entry) => squaredError(entry, p));
    const mse = clusterBootstrap(
      groups,
      (drawn) => drawn.reduce((sum, c) => sum + (errors[c] ?? 0), 0) / drawn.length,
      { resamples: 1000, seed },
    );
    return { name, learned, mse, sign: signShare(leftOut, p, notable), calibration: calibrationOf(leftOut, p) };
  });
}

/** The row with the smallest error, the plainer of two alike. */
export function winner(rows: readonly PredictorRow[]): number {
  return rows.reduce(
    (best, { mse }, i) => (mse.estimate < (rows[best]?.mse.estimate ?? Number.POSITIVE_INFINITY) ? i : best),
    0,
  );
}

function signShare(leftOut: readonly LeftOut[], p: number, notable: number): number {
  let [right, count] = [0, 0];
  for (const { measured, said } of leftOut)
    for (const [v, value] of measured.entries())
      if (Number.isFinite(value) && Math.abs(value) > notable) {
        const told = Math.sign(said[p]?.change[v] ?? 0);
        right += told === 0 ? 0.5 : told === Math.sign(value) ? 1 : 0;
        count++;
      }
  return right / count;
}

/** Quantile of |error| / spread of one predictor at each level. */
export function calibrationOf(leftOut: readonly LeftOut[], p: number): number[] {
  const scores = Float64Array.from(
    leftOut
      .flatMap(({ measured, said }) =>
        [...measured].map((value, v) => Math.abs(value - (said[p]?.change[v] ?? 0)) / (said[p]?.spread[v] || 1)),
      )
      .filter(Number.isFinite),
  ).sort();
  return LEVELS.map((level) => quantile(scores, Math.min(1, (level * (scores.length + 1)) / scores.length)));
}
