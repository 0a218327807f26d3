import { quantile } from "../../numerics/statistics.ts";
import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import type { Changes } from "../metrics/change.ts";
import { type Coverage, coverage } from "../metrics/coverage.ts";

/** Half widths of intervals around predictions: one array for each condition. */
export type HalfWidths = readonly Float64Array[];

/** Conditions' worth of the common variance in each variable's own: keeps few conditions from setting a width alone. */
const POOLED = 10;

/**
 * Half widths of conformal intervals, each project's from the errors in the other projects: the quantile of
 * |error| / scale times the scale, where the scale of an iModulon is the root mean square error of its predictions.
 * @param level share that the intervals are to hold, 0 to 1
 * @see Vovk, Gammerman, Shafer 2005, doi:10.1007/b106715
 */
export function conformalWidths(predicted: Changes, examples: readonly KnockoutExample[], level: number): HalfWidths {
  const errors = predicted.map((p, c) => p.map((value, i) => Math.abs(value - (examples[c]?.change[i] ?? 0))));
  const widths = new Map<string, Float64Array>();
  for (const project of new Set(examples.map((example) => example.project)))
    widths.set(
      project,
      widthsFrom(
        errors.filter((_, c) => examples[c]?.project !== project),
        level,
      ),
    );
  return examples.map(({ project }) => widths.get(project) ?? new Float64Array());
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
