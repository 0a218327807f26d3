import { quantile } from "../../numerics/statistics.ts";
import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import type { Changes } from "../metrics/change.ts";
import { type Coverage, coverage } from "../metrics/coverage.ts";

/** Half widths of intervals around predictions: one array for each condition. */
export type HalfWidths = readonly Float64Array[];

/** Conditions' worth of the common variance in each variable's own: keeps few conditions from setting a width alone. */
const POOLED = 10;
/** Added to the size of a prediction before its logarithm is taken, in units of activity. */
const SMALL = 0.1;
/** Penalty on the slope of a condition's error over the size of its prediction. */
const SLOPE_PENALTY = 1;

/**
 * Half widths of conformal intervals, each project's from the errors in the other projects: the quantile of
 * |error| / (scale x difficulty), times both. The scale of an iModulon is the root mean square of what is left of its
 * errors; the difficulty of a condition grows with the size of its prediction as it does in the other projects, since
 * large changes are missed by more.
 * @param level share that the intervals are to hold, 0 to 1
 * @see Lei et al. 2018 (locally weighted conformal intervals), doi:10.1080/01621459.2017.1307116
 */
export function conformalWidths(predicted: Changes, examples: readonly KnockoutExample[], level: number): HalfWidths {
  const errors = predicted.map((p, c) => p.map((value, i) => Math.abs(value - (examples[c]?.change[i] ?? 0))));
  const sizes = predicted.map((p) => Math.log(rootMeanSquare(p) + SMALL));
  const widths: Float64Array[] = new Array(examples.length);
  for (const project of new Set(examples.map((example) => example.project))) {
    const others = [...examples.keys()].filter((c) => examples[c]?.project !== project);
    const difficulty = difficultyOf(others, sizes, errors);
    const eased = others.map((c) => (errors[c] ?? new Float64Array()).map((e) => e / difficulty(sizes[c] ?? 0)));
    const width = widthsFrom(eased, level);
    for (const [c, example] of examples.entries()) {
      if (example.project === project) widths[c] = width.map((w) => w * difficulty(sizes[c] ?? 0));
    }
  }
  return widths;
}

/** The size of errors to expect for a size of prediction: a straight line between their logarithms. */
function difficultyOf(
  conditions: readonly number[],
  sizes: readonly number[],
  errors: readonly Float64Array[],
): (size: number) => number {
  const x = conditions.map((c) => sizes[c] ?? 0);
  const y = conditions.map((c) => Math.log(rootMeanSquare(errors[c] ?? new Float64Array()) + Number.MIN_VALUE));
  const [meanX, meanY] = [mean(x), mean(y)];
  let [moment, square] = [0, SLOPE_PENALTY];
  for (const [k, value] of x.entries()) {
    moment += (value - meanX) * ((y[k] ?? 0) - meanY);
    square += (value - meanX) ** 2;
  }
  return (size) => Math.exp(meanY + (moment / square) * (size - meanX));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function widthsFrom(errors: readonly Float64Array[], level: number): Float64Array {
  const variables = errors[0]?.length ?? 0;
  const variance = new Float64Array(variables);
  for (const row of errors) for (let i = 0; i < variables; i++) variance[i] = (variance[i] ?? 0) + (row[i] ?? 0) ** 2;
  const common = variance.reduce((sum, value) => sum + value, 0) / variables / errors.length;
  const scale = variance.map((sum) => Math.sqrt((sum + POOLED * common) / (errors.length + POOLED)));
  const scores = Float64Array.from(errors.flatMap((row) => [...row].map((e, i) => e / (scale[i] ?? 1)))).sort();
  const rank = Math.min(1, (level * (scores.length + 1)) / scores.length);
  const score = quantile(scores, rank);
  return scale.map((value) => value * score);
}

/** How often such intervals hold the truth, by project; the worst first. */
export function conformalCoverage(predicted: Changes, examples: readonly KnockoutExample[], level: number): Coverage {
  const widths = conformalWidths(predicted, examples, level);
  const shifted = (sign: 1 | -1) => predicted.map((p, c) => p.map((value, i) => value + sign * (widths[c]?.[i] ?? 0)));
  const observed = examples.map(({ change }) => change);
  return coverage(
    shifted(-1),
    shifted(1),
    observed,
    examples.map(({ project }) => project),
  );
}
