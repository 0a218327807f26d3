import { groupBy } from "../../analysis/group.ts";
import type { Trajectory } from "../../engine/trajectory.ts";
import { pearson } from "../../numerics/statistics.ts";
import type { Measurement } from "../input.ts";
import { sampleAt } from "./sample.ts";

/** How near a run comes to the measured points of one variable. */
export interface DataFit {
  readonly variable: string;
  /** Measured points inside the run: the others don't count. */
  readonly points: number;
  /** Root of the mean squared difference, in the variable's unit. */
  readonly rmse: number;
  /** Pearson's, over the points; not a number below three points, or where run or data stand still. */
  readonly correlation: number;
}

const FEWEST = 3;

/** A run against measured points, its values linear between the times kept; variables in the order of the points. */
export function dataFits(trajectory: Trajectory, measurements: readonly Measurement[]): DataFit[] {
  const byVariable = groupBy(measurements, ({ variable }) => variable);
  return [...byVariable].flatMap(([variable, points]) => {
    const pairs = points
      .map(({ time, value }) => ({ run: sampleAt(trajectory, variable, time), value }))
      .filter(({ run, value }) => Number.isFinite(run) && Number.isFinite(value));
    if (pairs.length === 0) return [];
    const squares = pairs.reduce((sum, { run, value }) => sum + (run - value) ** 2, 0);
    const correlation =
      pairs.length < FEWEST
        ? Number.NaN
        : pearson(
            pairs.map(({ run }) => run),
            pairs.map(({ value }) => value),
          );
    return [{ variable, points: pairs.length, rmse: Math.sqrt(squares / pairs.length), correlation }];
  });
}
