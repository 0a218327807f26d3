import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { meanOfOthers } from "../../regulation/baselines/means.ts";
import { withMemory } from "../../regulation/baselines/memory.ts";
import { NESTED_NAME, type PlainOptions, type PlainRow, plainRows } from "../../regulation/baselines/plain.ts";
import type { Changes } from "../metrics/change.ts";
import type { Entry } from "./metrics-row.ts";
import { leaveConditionOut, leaveGroupOut, predictWith } from "./splits.ts";

/** Predictions of the plain rows and the mean training change they are centred on. */
export interface PlainEntries {
  readonly entries: readonly Entry[];
  readonly centres: Changes;
}

/** The plain rows, each example predicted from the examples of other groups. */
export function plainLeaveGroupOut(examples: readonly KnockoutExample[], options: PlainOptions): PlainEntries {
  return {
    entries: plainRows(options).map((row) => entryOf(row, leaveGroupOut(examples, row))),
    centres: leaveGroupOut(examples, { baseline: meanOfOthers, leftOut: "nested" }),
  };
}

/** The plain rows and the kriging with a memory, each example predicted from all others, its own genotype's too. */
export function plainLeaveConditionOut(examples: readonly KnockoutExample[], options: PlainOptions): PlainEntries {
  const rows = plainRows(options).filter(({ baseline }) => baseline.name !== NESTED_NAME);
  const { scale, graph } = options;
  const memory = graph === undefined ? [] : [withMemory(graph.kriging, { scale })];
  const baselines = [...rows.map(({ baseline }) => baseline), ...memory];
  return {
    entries: baselines.map((baseline) => entryOf({ baseline }, leaveConditionOut(examples, baseline))),
    centres: leaveConditionOut(examples, meanOfOthers),
  };
}

/** The plain rows, everything fitted on the training examples alone. */
export function plainFittedOn(
  training: readonly KnockoutExample[],
  examples: readonly KnockoutExample[],
  options: PlainOptions,
): PlainEntries {
  // Without a held-out group in the pool, the two ways to make features are one.
  const rows = plainRows(options).filter(({ baseline }) => baseline.name !== NESTED_NAME);
  return {
    entries: rows.map((row) => entryOf(row, predictWith(row.baseline, training, examples))),
    centres: predictWith(meanOfOthers, training, examples),
  };
}

function entryOf({ baseline }: Pick<PlainRow, "baseline">, predicted: Changes): Entry {
  return { name: baseline.name, kind: "plain", predicted };
}
