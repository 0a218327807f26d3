import { mean } from "../../numerics/statistics.ts";
import { groupBy } from "../group.ts";
import { ridgeRow } from "./ridge-row.ts";
import type { InhibitorExample, InhibitorTask } from "./task.ts";

/** Predicted changes for the held-out examples, same order, each of shape [observables]. */
export interface Prediction {
  readonly name: string;
  readonly kind: "plain" | "control" | "mechanistic" | "learned" | "hybrid";
  readonly changes: readonly Float64Array[];
}

/** The rows that need no model of the cell. A control has seen the inhibitor under other stimuli. */
export function plainRows(task: InhibitorTask): Prediction[] {
  const { heldOut, known, observables } = task;
  const nothing = new Float64Array(observables.length);
  return [
    { name: "no effect", kind: "plain", changes: heldOut.map(() => nothing) },
    {
      name: "the other inhibitor's mean effect",
      kind: "plain",
      changes: heldOut.map(({ time }) => meanChange(known.filter((example) => example.time === time)) ?? nothing),
    },
    ridgeRow(task),
  ];
}

/** Mean of each observable over the examples that have it; 0 where none has; undefined of nothing. */
function meanChange(examples: readonly InhibitorExample[]): Float64Array | undefined {
  return examples[0]?.change.map((_, i) => {
    const values = examples.map(({ change }) => change[i] ?? Number.NaN).filter(Number.isFinite);
    return values.length === 0 ? 0 : mean(values);
  });
}

/**
 * The easy control: the mean effect of the same inhibitor at the same time under the other stimuli, of all inhibitors.
 * @returns what was to be predicted and what was predicted, one entry for each stimulus, inhibitor and time
 */
export function leaveStimulusOut({ known, heldOut }: InhibitorTask) {
  const all = [...known, ...heldOut];
  const together = groupBy(all, ({ inhibitor, time }) => `${inhibitor}@${time}`);
  return all.flatMap((example) => {
    const { inhibitor, time, stimulus } = example;
    const others = (together.get(`${inhibitor}@${time}`) ?? []).filter((other) => other.stimulus !== stimulus);
    const change = meanChange(others);
    return change === undefined ? [] : [{ example, change }];
  });
}
