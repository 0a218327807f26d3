import { type Condition, isLogarithmic, meanOfKnown } from "./experiments.ts";

/** Conditions' worth of the common spread in each variable's own. */
const POOLED = 4;
/** Mean levels over this are the least that a variable reads to lean on the common spread in full. */
const LOW = 3;
/** What a variable that reads nothing at all leans on. */
const LEAST = 1e-9;

/**
 * Root mean square of each variable's known changes, leaning on all variables' where they are few.
 * @param scales share of the common spread that each variable leans on, shape [variables]
 * @returns same shape, in the changes' unit
 */
export function spreadOf(changes: readonly Float64Array[], scales: Float64Array): Float64Array {
  const square = new Float64Array(scales.length);
  const count = new Float64Array(scales.length);
  for (const row of changes)
    for (const [i, change] of row.entries())
      if (!Number.isNaN(change)) {
        square[i] = (square[i] ?? 0) + (change / (scales[i] ?? 1)) ** 2;
        count[i] = (count[i] ?? 0) + 1;
      }
  const total = count.reduce((sum, c) => sum + c, 0);
  const common = Math.max(square.reduce((sum, s) => sum + s, 0) / total, 1e-12);
  return square.map((s, i) => (scales[i] ?? 1) * Math.sqrt((s + POOLED * common) / ((count[i] ?? 0) + POOLED)));
}

/**
 * How far each variable leans on the spread of all: in full in a table of logarithms, less where amounts are far below
 * the others', whose changes say nothing of its own.
 */
export function scalesOf(conditions: readonly Condition[]): Float64Array {
  const levels = Float64Array.from(conditions[0]?.values ?? [], (_, i) =>
    Math.sqrt(meanOfKnown(conditions.map(({ values }) => (values[i] ?? Number.NaN) ** 2))),
  ).map((level) => level || 0);
  if (isLogarithmic(conditions)) return levels.fill(1);
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length || 1;
  return levels.map((level) => Math.min(1, Math.max(LEAST, (LOW * level) / mean)));
}
