import type { Variable } from "../../cell/variable.ts";
import { columnOf, type Trajectory } from "../../engine/trajectory.ts";
import { bisectRight } from "../../vendor/d3.ts";
import type { ReportArm, ReportInput } from "../input.ts";

/** Value of a column at a time inside the run, linear between the points; NaN outside. */
export function valueAt(times: Float64Array, column: Float64Array, t: number): number {
  const last = times.length - 1;
  const end = times[last] ?? Number.NaN;
  if (!(t >= (times[0] ?? Number.NaN)) || !(t <= end)) return Number.NaN;
  if (t === end) return column[last] ?? Number.NaN;
  const i = bisectRight(times, t) - 1;
  const t0 = times[i] ?? 0;
  const t1 = times[i + 1] ?? t0;
  const a = column[i] ?? Number.NaN;
  const b = column[i + 1] ?? a;
  return t1 === t0 ? a : a + ((t - t0) / (t1 - t0)) * (b - a);
}

/** A variable's value in a trajectory at a time, hours; NaN where there is none. */
export function sampleAt(trajectory: Trajectory | undefined, id: string, t: number): number {
  const column = trajectory && columnOf(trajectory, id);
  return trajectory && column ? valueAt(trajectory.times, column, t) : Number.NaN;
}

/** The last recorded time, hours. */
export function endOf(trajectory: Trajectory): number {
  return trajectory.times.at(-1) ?? 0;
}

/** A variable's declaration, from the first arm that has it. */
export function variableOf(input: ReportInput, id: string): Variable | undefined {
  for (const { trajectory } of input.arms) {
    const found = trajectory.variables.find((variable) => variable.id === id);
    if (found) return found;
  }
  return undefined;
}

/** What figures call a variable: the observable's label, the variable's, or the id. */
export function nameOf(input: ReportInput, id: string): string {
  const asked = input.observables.find((observable) => observable.variable === id)?.label;
  return asked ?? variableOf(input, id)?.label ?? id;
}

/** The arm that figures of one arm show: hybrid where it was run. */
export function mainArm(input: ReportInput): ReportArm | undefined {
  return input.arms.find((arm) => arm.name === "hybrid") ?? input.arms[0];
}

/** First and last hour of all arms together. */
export function timeSpan(input: ReportInput): [number, number] {
  const starts = input.arms.map((arm) => arm.trajectory.times[0] ?? 0);
  const ends = input.arms.map((arm) => endOf(arm.trajectory));
  return [Math.min(...starts, Number.POSITIVE_INFINITY), Math.max(...ends, Number.NEGATIVE_INFINITY)];
}
