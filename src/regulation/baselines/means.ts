import type { Baseline, KnockoutExample, KnockoutQuery } from "./example.ts";

/** Nothing changes. */
export const noChange: Baseline = {
  name: "no change",
  fit: () => ({ predict: ({ wildType }) => new Float64Array(wildType.length) }),
};

/** The mean change over the examples of other groups. */
export const meanOfOthers: Baseline = {
  name: "mean of other genotypes",
  fit: (training) => ({
    predict: (query) =>
      meanChange(
        training.filter(({ group }) => group !== query.group),
        query,
      ),
  }),
};

/** The mean change over the other groups' examples of the same project; over all of them where it has none. */
export const sameProjectMean: Baseline = {
  name: "mean of other genotypes in the same project",
  fit: (training) => ({
    predict: (query) => {
      const others = training.filter(({ group }) => group !== query.group);
      const near = others.filter(({ project }) => project === query.project);
      return meanChange(near.length > 0 ? near : others, query);
    },
  }),
};

function meanChange(examples: readonly KnockoutExample[], { wildType }: KnockoutQuery): Float64Array {
  const total = new Float64Array(wildType.length);
  for (const { change } of examples)
    for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + (change[i] ?? 0);
  return examples.length === 0 ? total : total.map((sum) => sum / examples.length);
}
