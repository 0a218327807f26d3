import { columnOf, type Trajectory } from "../../engine/trajectory.ts";
import { ACETATE, firstBelow, GLUCOSE, largestAt, usedUpAt } from "./findings.ts";
import { endOf } from "./sample.ts";

/** A stretch of a batch culture, hours. */
export interface Phase {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** Growth on glucose, on acetate, and what follows: cut where each falls below 1 % of its start or peak. */
export function phasesOf(trajectory: Trajectory): Phase[] {
  const glucose = columnOf(trajectory, GLUCOSE);
  const acetate = columnOf(trajectory, ACETATE);
  const start = trajectory.times[0] ?? 0;
  const end = endOf(trajectory);
  if (!glucose || !((glucose[0] ?? 0) > 0)) return [];
  const first = usedUpAt(trajectory, GLUCOSE, glucose);
  if (first === undefined) return [{ label: "glucose", from: start, to: end }];
  const phases = [{ label: "glucose", from: start, to: first }];
  const peak = acetate ? largestAt(acetate) : 0;
  const highest = acetate?.[peak] ?? 0;
  if (!acetate || highest < 0.02 * (glucose[0] ?? 0) || (acetate.at(-1) ?? 0) > 0.9 * highest)
    return [...phases, { label: "glucose used up", from: first, to: end }];
  const second = firstBelow(trajectory.times, acetate, 0.01 * highest, peak) ?? end;
  if (second > first) phases.push({ label: "acetate", from: first, to: second });
  const last = Math.max(first, second);
  if (end - last > 0.02 * (end - start)) phases.push({ label: "substrates used up", from: last, to: end });
  return phases;
}
