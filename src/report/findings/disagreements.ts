import type { Variable } from "../../cell/variable.ts";
import { columnOf, type Trajectory } from "../../engine/trajectory.ts";

/** A variable that one module answered for while another predicted it too. */
export interface Disagreement {
  readonly variable: Variable;
  /** Module whose prediction was recorded beside. */
  readonly predictor: string;
  /** Hour of the largest difference, and both values then, in the variable's unit. */
  readonly at: number;
  readonly value: number;
  readonly predicted: number;
  /** Mean of |value - predicted| over the recorded times, as a share of the largest magnitude. */
  readonly mean: number;
}

function compare(
  variable: Variable,
  predictor: string,
  times: Float64Array,
  value: Float64Array,
  predicted: Float64Array,
) {
  let sum = 0;
  let worst = 0;
  let largest = variable.nominal;
  value.forEach((x, i) => {
    const y = predicted[i] ?? Number.NaN;
    const gap = Math.abs(x - y);
    sum += gap;
    largest = Math.max(largest, Math.abs(x), Math.abs(y));
    if (gap > Math.abs((value[worst] ?? 0) - (predicted[worst] ?? 0))) worst = i;
  });
  return {
    variable,
    predictor,
    at: times[worst] ?? 0,
    value: value[worst] ?? 0,
    predicted: predicted[worst] ?? 0,
    mean: sum / Math.max(1, value.length) / largest,
  };
}

/** Variables of a run for which a second module's prediction was recorded (`<id>@<module>`), most different first. */
export function disagreements(trajectory: Trajectory): Disagreement[] {
  const owned = new Map(trajectory.variables.map((variable) => [variable.id, variable]));
  const found = trajectory.variables.flatMap((shadow, i): Disagreement[] => {
    const cut = shadow.id.lastIndexOf("@");
    const variable = owned.get(shadow.id.slice(0, Math.max(0, cut)));
    const predicted = trajectory.columns[i];
    const value = variable && columnOf(trajectory, variable.id);
    if (!variable || !predicted || !value) return [];
    return [compare(variable, shadow.id.slice(cut + 1), trajectory.times, value, predicted)];
  });
  return found.sort((a, b) => b.mean - a.mean || (a.variable.id < b.variable.id ? -1 : 1));
}
