import { mean } from "../../numerics/statistics.ts";
import { groupBy } from "../group.ts";
import type { PlainRows } from "./prediction.ts";
import { ridgeRow } from "./ridge-row.ts";
import type { InhibitorExample, InhibitorTask } from "./task.ts";

/** The rows that need no model of the cell. */
export function plainRows(task: InhibitorTask): PlainRows {
  const nothing = new Float64Array(task.observables.length);
  const found = [
    { rows: [{ name: "no effect", kind: "plain" as const, changes: task.heldOut.map(() => nothing) }], notes: [] },
    meanEffectRow(task),
    ridgeRow(task),
  ];
  return { rows: found.flatMap(({ rows }) => rows), notes: found.flatMap(({ notes }) => notes) };
}

/** The mean effect of the inhibitor that was seen, at the same time; none where it was not measured then. */
function meanEffectRow({ heldOut, known, observables, names }: InhibitorTask): PlainRows {
  const name = "the other inhibitor's mean effect";
  if (known.length === 0)
    return { rows: [], notes: [`no row '${name}': nothing under ${names.trainingInhibitor} beside an untreated row`] };
  const times = [...new Set(heldOut.map(({ time }) => time))];
  const means = new Map(times.map((time) => [time, meanChange(known.filter((example) => example.time === time))]));
  const lacking = times.filter((time) => means.get(time) === undefined);
  const nothing = new Float64Array(observables.length);
  return {
    rows: [{ name, kind: "plain", changes: heldOut.map(({ time }) => means.get(time) ?? nothing) }],
    notes: lacking.length === 0 ? [] : [`row '${name}' is no effect at ${lacking.join(", ")} min: not measured then`],
  };
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
