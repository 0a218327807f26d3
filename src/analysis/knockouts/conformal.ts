import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { groupBy } from "../group.ts";
import type { Changes } from "../metrics/change.ts";
import { type Coverage, coverage } from "../metrics/coverage.ts";
import { type Conditions, describeConditions, errorExpected } from "./difficulty.ts";

/** Half widths of intervals around predictions: one array for each condition. */
export type HalfWidths = readonly Float64Array[];

/** Conditions' worth of the common variance in each variable's own: keeps few conditions from setting a width alone. */
const POOLED = 10;

/**
 * Half widths of conformal intervals, each project's from the errors in the other projects.
 *
 * A score is |error| / (scale x difficulty): the scale is the variable's own, the difficulty grows with the distance to
 * the nearest wild type of another project and with the number of variables the deleted genes regulate. Among the other
 * projects each is scored by scale and difficulty of the rest, and all count alike however many conditions they have:
 * the next condition comes from a project of its own.
 * @param levels shares that the intervals are to hold, 0 to 1
 * @returns half widths for each level
 * @see Lei et al. 2018, doi:10.1080/01621459.2017.1307116 (locally weighted); Dunn, Wasserman and Ramdas 2023,
 *   doi:10.1080/01621459.2022.2060112 (groups that differ)
 */
export function conformalWidths(
  predicted: Changes,
  examples: readonly KnockoutExample[],
  levels: readonly number[],
): HalfWidths[] {
  const data = calibrationOf(predicted, examples);
  const widths = levels.map(() => new Array<Float64Array>(examples.length));
  for (const [project, members] of groupBy(examples.keys(), (c) => examples[c]?.project ?? "")) {
    const others = [...examples.keys()].filter((c) => examples[c]?.project !== project);
    const ruler = rulerFrom(data, others);
    const scores = scoresOf(data, others, ruler).sort((a, b) => a.value - b.value);
    for (const [k, level] of levels.entries()) {
      const score = weightedQuantile(scores, level);
      for (const c of members) (widths[k] ?? [])[c] = ruler(c).map((unit) => unit * score);
    }
  }
  return widths;
}

/**
 * Half widths for a condition like those measured, from all of them: what a model's card says of its intervals.
 * @returns for each level one array, shape [variables]
 */
export function typicalWidths(
  predicted: Changes,
  examples: readonly KnockoutExample[],
  levels: readonly number[],
): Float64Array[] {
  const data = calibrationOf(predicted, examples);
  const everyone = [...examples.keys()];
  const ruler = rulerFrom(data, everyone);
  const scores = scoresOf(data, everyone, ruler).sort((a, b) => a.value - b.value);
  const weights = equalProjects(data.projects, everyone);
  const unit = new Float64Array(predicted[0]?.length ?? 0);
  for (const c of everyone)
    for (const [i, width] of ruler(c).entries())
      unit[i] = (unit[i] ?? 0) + ((weights[c] ?? 0) * width) / everyone.length;
  return levels.map((level) => unit.map((width) => width * weightedQuantile(scores, level)));
}

function calibrationOf(predicted: Changes, examples: readonly KnockoutExample[]): Calibration {
  return {
    errors: predicted.map((p, c) => p.map((value, i) => Math.abs(value - (examples[c]?.change[i] ?? 0)))),
    projects: examples.map(({ project }) => project),
    conditions: describeConditions(examples),
  };
}

interface Calibration {
  /** |error|, one array for each condition. */
  readonly errors: readonly Float64Array[];
  readonly projects: readonly string[];
  readonly conditions: Conditions;
}

/** The error to expect of each variable in a condition. */
type Ruler = (condition: number) => Float64Array;

function rulerFrom({ errors, projects, conditions }: Calibration, known: readonly number[]): Ruler {
  const weights = equalProjects(projects, known);
  const judged = known.map((c, k) => ({
    description: conditions.describe(c, known),
    error: rootMeanSquare(errors[c] ?? new Float64Array()),
    weight: weights[k] ?? 0,
  }));
  const expected = errorExpected(judged);
  const variance = new Float64Array(errors[0]?.length ?? 0);
  for (const [k, c] of known.entries()) {
    const { description, weight } = judged[k] ?? { description: new Float64Array(), weight: 0 };
    const difficulty = expected(description);
    for (const [i, error] of (errors[c] ?? variance).entries())
      variance[i] = (variance[i] ?? 0) + (weight * (error / difficulty) ** 2) / known.length;
  }
  const common = variance.reduce((sum, value) => sum + value, 0) / variance.length;
  const scale = variance.map((own) => Math.sqrt((known.length * own + POOLED * common) / (known.length + POOLED)));
  return (c) => {
    const difficulty = expected(conditions.describe(c, known));
    return scale.map((value) => value * difficulty);
  };
}

/** Weights by which each project counts alike, one on average. */
function equalProjects(projects: readonly string[], known: readonly number[]): number[] {
  const sizes = new Map([...groupBy(known, (c) => projects[c] ?? "")].map(([name, members]) => [name, members.length]));
  return known.map((c) => known.length / sizes.size / (sizes.get(projects[c] ?? "") ?? 1));
}

interface Score {
  readonly value: number;
  readonly weight: number;
}

/** Scores of the known conditions, each project's by a ruler from the others; by the given one where there are none. */
function scoresOf(data: Calibration, known: readonly number[], given: Ruler): Score[] {
  const { errors, projects } = data;
  const weights = new Map(equalProjects(projects, known).map((weight, k) => [known[k] ?? -1, weight]));
  return [...groupBy(known, (c) => projects[c] ?? "")].flatMap(([project, members]) => {
    const rest = known.filter((c) => projects[c] !== project);
    const ruler = rest.length > 0 ? rulerFrom(data, rest) : given;
    return members.flatMap((c) => {
      const unit = ruler(c);
      const weight = weights.get(c) ?? 0;
      return Array.from(errors[c] ?? [], (error, i): Score => ({ value: error / (unit[i] ?? 1), weight }));
    });
  });
}

/** The least value that holds the share of the weight; scores ascend. */
function weightedQuantile(scores: readonly Score[], level: number): number {
  const total = scores.reduce((sum, { weight }) => sum + weight, 0);
  let held = 0;
  for (const { value, weight } of scores) {
    held += weight;
    if (held >= level * total) return value;
  }
  return scores.at(-1)?.value ?? 0;
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** How often such intervals hold the truth at each level, by project; the worst first. */
export function conformalCoverage(
  predicted: Changes,
  examples: readonly KnockoutExample[],
  levels: readonly number[],
): Coverage[] {
  const observed = examples.map(({ change }) => change);
  const projects = examples.map(({ project }) => project);
  return conformalWidths(predicted, examples, levels).map((widths) => {
    const shifted = (sign: 1 | -1) =>
      predicted.map((p, c) => p.map((value, i) => value + sign * (widths[c]?.[i] ?? 0)));
    return coverage(shifted(-1), shifted(1), observed, projects);
  });
}
