import type { Baseline, KnockoutExample } from "../../regulation/baselines/example.ts";
import type { PlainRow } from "../../regulation/baselines/plain.ts";
import { groupBy } from "../group.ts";

/** What is left out together; of `condition` a single condition of a genotype, whose others may be learned from. */
export type SplitName = "genotype" | "project" | "condition";

/** Examples regrouped, so that every predictor leaves out the whole genotype or the whole project. */
export function regroup(examples: readonly KnockoutExample[], split: "genotype" | "project"): KnockoutExample[] {
  return examples.map((example) => ({ ...example, group: example[split] }));
}

/**
 * Predictions for every example, fitted each time without the example's group.
 * @returns one array of changes for each example, same order
 */
export function leaveGroupOut(examples: readonly KnockoutExample[], { baseline, leftOut }: PlainRow): Float64Array[] {
  const predictions: Float64Array[] = new Array(examples.length);
  for (const [group, members] of groupBy(examples.keys(), (i) => examples[i]?.group ?? "")) {
    const training = examples.filter((example) => example.group !== group);
    const fitted = baseline.fit(training, leftOut === "once" ? examples : training);
    for (const i of members) {
      const example = examples[i];
      if (example !== undefined) predictions[i] = fitted.predict(example);
    }
  }
  return predictions;
}

/** Predictions for every example, fitted each time without it alone. */
export function leaveConditionOut(examples: readonly KnockoutExample[], baseline: Baseline): Float64Array[] {
  return examples.map((example) =>
    baseline.fit(examples.filter((other) => other !== example)).predict({ ...example, group: "" }),
  );
}

/** Predictions for examples that took no part in the fit. */
export function predictWith(
  baseline: Baseline,
  training: readonly KnockoutExample[],
  examples: readonly KnockoutExample[],
): Float64Array[] {
  const fitted = baseline.fit(training);
  return examples.map((example) => fitted.predict(example));
}
