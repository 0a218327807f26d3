import type { BootstrapOptions, Interval } from "../metrics/bootstrap.ts";
import { type InhibitorRow, measureRow, pairedDifference, pooledMean, squaredErrors } from "./metrics-row.ts";
import { leaveStimulusOut, plainRows } from "./plain-rows.ts";
import type { Prediction } from "./prediction.ts";
import type { InhibitorTask } from "./task.ts";

/** A row with its differences from others, over the same draws of stimuli. */
export interface ComparedRow extends InhibitorRow {
  /** Mean squared error minus that of the best plain row, and of the other arms, by name. */
  readonly versus: ReadonlyMap<string, Interval>;
}

/** Task H1 on one line. */
export interface InhibitorResults {
  readonly line: string;
  readonly observables: readonly string[];
  readonly examples: number;
  readonly stimuli: number;
  readonly bestPlain: string;
  readonly rows: readonly ComparedRow[];
  /** Mean squared error of the leave-one-stimulus-out control, all inhibitors. */
  readonly control: number;
  readonly bootstrap: BootstrapOptions;
  /** What the data or the cell have nothing for. */
  readonly notes: readonly string[];
}

/**
 * Every predictor measured, models beside the best plain row and the hybrid arm beside the other two.
 * @param models predictions of arms, in the order they are to be shown
 * @param notes what the models have no answer for
 */
export function inhibitorResults(
  task: InhibitorTask,
  models: readonly Prediction[],
  bootstrap: BootstrapOptions,
  notes: readonly string[] = [],
): InhibitorResults {
  const plainly = plainRows(task);
  const predictions = [...plainly.rows, ...models];
  const measured = predictions.map((prediction) => measureRow(prediction, task, bootstrap));
  const plain = measured.filter(({ kind }) => kind === "plain").sort((a, b) => a.mse.estimate - b.mse.estimate);
  const bestPlain = plain[0]?.name ?? "";
  const rows = measured.map((row, r): ComparedRow => {
    const own = predictions[r];
    const against = predictions.filter(
      ({ name, kind }) => row.kind !== "plain" && name !== row.name && (name === bestPlain || kind !== "plain"),
    );
    const differences = against.map(
      (other) => [other.name, pairedDifference(own ?? other, other, task, bootstrap)] as const,
    );
    return { ...row, versus: new Map(differences) };
  });
  const control = leaveStimulusOut(task);
  const errors = squaredErrors(
    control.map(({ change }) => change),
    control.map(({ example }) => example),
  );
  return {
    line: task.line,
    observables: task.observables,
    examples: task.heldOut.length,
    stimuli: new Set(task.heldOut.map(({ stimulus }) => stimulus)).size,
    bestPlain,
    rows,
    control: pooledMean(errors),
    bootstrap,
    notes: [...task.notes, ...plainly.notes, ...notes],
  };
}
