import { bySetOfInterventions } from "./experiments.ts";
import type { LeftOut } from "./leave-one-out.ts";

/** Mean squared error of one predictor on one condition, in the table's unit squared. */
export function squaredError({ measured, said }: LeftOut, predictor: number): number {
  const change = said[predictor]?.change;
  let [sum, count] = [0, 0];
  for (const [v, value] of measured.entries())
    if (Number.isFinite(value)) {
      sum += (value - (change?.[v] ?? 0)) ** 2;
      count++;
    }
  return sum / Math.max(1, count);
}

/**
 * The predictor to answer with: the simplest that is no worse than the best by more than the standard error of their
 * difference over sets of interventions.
 * @param candidates positions of predictors, the simplest first
 */
export function selected(leftOut: readonly LeftOut[], candidates: readonly number[]): number {
  const errors = candidates.map((p) => errorsOfSets(leftOut, p));
  const total = (of: Float64Array): number => of.reduce((sum, error) => sum + error, 0);
  const best = errors.reduce(
    (least, own) => (total(own) < total(least) ? own : least),
    errors[0] ?? new Float64Array(),
  );
  const simplest = errors.findIndex((own) => own === best || isTie(own, best));
  return candidates[simplest] ?? 0;
}

/** Mean error of each set of interventions, shape [sets]. */
function errorsOfSets(leftOut: readonly LeftOut[], predictor: number): Float64Array {
  const byCondition = new Map(leftOut.map((entry) => [entry.condition, squaredError(entry, predictor)]));
  const sets = [...bySetOfInterventions(leftOut.map(({ condition }) => condition)).values()];
  return Float64Array.from(sets, (set) => set.reduce((sum, c) => sum + (byCondition.get(c) ?? 0), 0) / set.length);
}

/** Whether one is worse than the best by no more than the standard error of the difference; never of a single set. */
function isTie(own: Float64Array, best: Float64Array): boolean {
  const sets = own.length;
  if (sets < 2) return false;
  const gaps = own.map((error, i) => error - (best[i] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / sets;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / (sets - 1);
  return mean <= Math.sqrt(variance / sets);
}
