import { bySetOfInterventions } from "./experiments.ts";
import type { LeftOut } from "./leave-one-out.ts";

/** Standard errors by which another has to be better: a chance of 1 in 20, shared among eight that are tried. */
const DOUBT = 2.5;

/** Fewer sets of interventions don't show how much sets differ. */
const FEWEST = 2;

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
 * The predictor to answer with: the preferred one, unless another is better by more than `DOUBT` standard errors of their
 * difference over sets of interventions; which is best by a little is luck.
 * @param candidates positions of predictors
 */
export function selected(leftOut: readonly LeftOut[], candidates: readonly number[], preferred: number): number {
  const own = errorsOfSets(leftOut, preferred);
  let [found, least] = [preferred, Number.POSITIVE_INFINITY];
  for (const candidate of candidates) {
    const errors = errorsOfSets(leftOut, candidate);
    const total = errors.reduce((sum, error) => sum + error, 0);
    if (total >= least || !isBetter(errors, own)) continue;
    [found, least] = [candidate, total];
  }
  return found;
}

/**
 * What was left out though the rest didn't bear on it (OUT): what is to be expected of another such question. Nothing where
 * that was a single set of interventions.
 */
export function leftOutBeyond(leftOut: readonly LeftOut[]): LeftOut[] {
  const beyond = leftOut.filter(({ code }) => code === "OUT");
  return bySetOfInterventions(beyond.map(({ condition }) => condition)).size < FEWEST ? [] : beyond;
}

/** Mean error of each set of interventions, shape [sets]. */
function errorsOfSets(leftOut: readonly LeftOut[], predictor: number): Float64Array {
  const byCondition = new Map(leftOut.map((entry) => [entry.condition, squaredError(entry, predictor)]));
  const sets = [...bySetOfInterventions(leftOut.map(({ condition }) => condition)).values()];
  return Float64Array.from(sets, (set) => set.reduce((sum, c) => sum + (byCondition.get(c) ?? 0), 0) / set.length);
}

/** Whether errors are smaller beyond doubt; never of a single set. */
function isBetter(errors: Float64Array, own: Float64Array): boolean {
  const sets = own.length;
  if (sets < 2) return false;
  const gains = own.map((error, i) => error - (errors[i] ?? 0));
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / sets;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (sets - 1);
  return mean > DOUBT * Math.sqrt(variance / sets);
}
