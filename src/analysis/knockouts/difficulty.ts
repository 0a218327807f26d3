import { ridgeSums } from "../../numerics/linear/linalg.ts";
import { standardDeviation } from "../../numerics/statistics.ts";
import type { KnockoutExample } from "../../regulation/baselines/example.ts";

/** What is known of a condition before it is predicted, shape [features]. */
export type Description = Float64Array;

/** Describes conditions by what may make them hard to predict. */
export interface Conditions {
  /**
   * How far the condition's wild type lies from the nearest of another project among `known`, and how many variables
   * the deleted genes regulate; both as logarithms.
   */
  describe(condition: number, known: readonly number[]): Description;
}

/** Added before logarithms are taken: standard deviations of a wild type's activities. */
const SMALL = 0.1;
/** Penalty on each slope, in conditions. */
const PENALTY = 1;

export function describeConditions(examples: readonly KnockoutExample[]): Conditions {
  const states = scaledStates(examples);
  const reach = examples.map(({ own }) => Math.log1p(own.reduce((sum, flag) => sum + flag, 0)));
  const projects = examples.map(({ project }) => project);
  return {
    describe(condition, known) {
      let nearest = Number.POSITIVE_INFINITY;
      for (const other of known) {
        if (projects[other] === projects[condition]) continue;
        nearest = Math.min(nearest, distance(states[condition], states[other]));
      }
      const far = Number.isFinite(nearest) ? nearest : 0;
      return Float64Array.of(Math.log(far + SMALL), reach[condition] ?? 0);
    },
  };
}

/** Wild types, each variable over its spread among them. */
function scaledStates(examples: readonly KnockoutExample[]): Float64Array[] {
  const width = examples[0]?.wildType.length ?? 0;
  const spread = Float64Array.from({ length: width }, (_, i) =>
    standardDeviation(examples.map(({ wildType }) => wildType[i] ?? 0)),
  );
  return examples.map(({ wildType }) =>
    wildType.map((value, i) => ((spread[i] ?? 0) > 0 ? value / (spread[i] ?? 1) : 0)),
  );
}

function distance(a: Float64Array | undefined, b: Float64Array | undefined): number {
  if (a === undefined || b === undefined) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum / a.length);
}

/** A condition with the size of its error. */
export interface Judged {
  readonly description: Description;
  /** Root mean square over variables. */
  readonly error: number;
  readonly weight: number;
}

/** The size of error to expect of a condition: its logarithm is linear in the description, slopes shrunk. */
export function errorExpected(judged: readonly Judged[]): (description: Description) => number {
  const total = judged.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (entry: Judged) => number) => judged.reduce((sum, e) => sum + e.weight * of(e), 0) / total;
  const level = (entry: Judged) => Math.log(entry.error + Number.MIN_VALUE);
  const width = judged[0]?.description.length ?? 0;
  const centre = Float64Array.from({ length: width }, (_, f) => mean(({ description }) => description[f] ?? 0));
  const middle = mean(level);
  const sums = ridgeSums(width);
  for (const entry of judged) {
    const root = Math.sqrt(entry.weight);
    const row = entry.description.map((value, f) => root * (value - (centre[f] ?? 0)));
    sums.add(row, root * (level(entry) - middle));
  }
  const slopes = sums.solve(PENALTY);
  return (description) =>
    Math.exp(slopes.reduce((sum, slope, f) => sum + slope * ((description[f] ?? 0) - (centre[f] ?? 0)), middle));
}
