import { mean } from "../../numerics/statistics.ts";
import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";
import type { Prediction } from "./prediction.ts";
import type { InhibitorExample, InhibitorTask } from "./task.ts";

/** One predictor's figures on one line. */
export interface InhibitorRow extends Pick<Prediction, "name" | "kind"> {
  /** Mean squared error of the log2 change, interval by bootstrap over stimuli. */
  readonly mse: Interval;
  /** The same for each inhibitor. */
  readonly mseOf: ReadonlyMap<string, number>;
  /** Share of right signs among measured changes beyond twofold; "no change" is not right, nor is what a run's tolerance makes. */
  readonly sign: number;
  /** Mean squared error of each observable, shape [observables]. */
  readonly observables: Float64Array;
}

/** Beyond this, in log2, a change counts for `sign`. */
const TWOFOLD = 1;
/** Predicted changes up to this, in log2, are no more than the runs' tolerance (0.003): no change. */
const PREDICTED = 0.005;

export function measureRow(prediction: Prediction, task: InhibitorTask, bootstrap: BootstrapOptions): InhibitorRow {
  const errors = squaredErrors(prediction.changes, task.heldOut);
  const inhibitors = new Set(task.heldOut.map(({ inhibitor }) => inhibitor));
  return {
    name: prediction.name,
    kind: prediction.kind,
    mse: clusterBootstrap(stimuliOf(task), (drawn) => pooledMean(drawn.map((c) => errors[c])), bootstrap),
    mseOf: new Map(
      [...inhibitors].map((name) => [name, pooledMean(errors.filter((_, c) => task.heldOut[c]?.inhibitor === name))]),
    ),
    sign: rightSigns(prediction.changes, task.heldOut),
    observables: Float64Array.from(task.observables, (_, i) =>
      mean(errors.map((row) => row[i] ?? Number.NaN).filter(Number.isFinite)),
    ),
  };
}

/** Mean squared error of one row minus another's over the same draws of stimuli. */
export function pairedDifference(
  one: Prediction,
  other: Prediction,
  task: InhibitorTask,
  bootstrap: BootstrapOptions,
): Interval {
  const a = squaredErrors(one.changes, task.heldOut);
  const b = squaredErrors(other.changes, task.heldOut);
  const gap = a.map((row, c) => row.map((error, i) => error - (b[c]?.[i] ?? 0)));
  return clusterBootstrap(stimuliOf(task), (drawn) => pooledMean(drawn.map((c) => gap[c])), bootstrap);
}

/** Squared errors, shape [examples][observables]; NaN where nothing was measured. */
export function squaredErrors(changes: readonly Float64Array[], examples: readonly InhibitorExample[]): Float64Array[] {
  return examples.map(({ change }, c) => change.map((y, i) => (y - (changes[c]?.[i] ?? 0)) ** 2));
}

/** Mean over all entries that are defined. */
export function pooledMean(rows: readonly (Float64Array | undefined)[]): number {
  let sum = 0;
  let count = 0;
  for (const row of rows)
    for (const value of row ?? [])
      if (Number.isFinite(value)) {
        sum += value;
        count += 1;
      }
  return sum / count;
}

function stimuliOf({ heldOut }: InhibitorTask): string[] {
  return heldOut.map(({ stimulus }) => stimulus);
}

function rightSigns(changes: readonly Float64Array[], examples: readonly InhibitorExample[]): number {
  let right = 0;
  let count = 0;
  for (const [c, { change }] of examples.entries())
    for (const [i, y] of change.entries())
      if (Math.abs(y) > TWOFOLD) {
        count += 1;
        if ((changes[c]?.[i] ?? 0) * Math.sign(y) > PREDICTED) right += 1;
      }
  return right / count;
}
