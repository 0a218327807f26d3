import type { Context } from "./design.ts";

/** Least share of the control that a prediction may fall to: 2^-10. */
const LEAST = -10;

/** Readings of a table as log2 relative to a control, and back. */
export interface Fold {
  /** The reading at a log2 level, in the table's unit; at -Infinity what an absent product reads. */
  reading(variable: number, log2: number): number;
  /** log2 level of a reading, at least -10. */
  log2(variable: number, reading: number): number;
}

/**
 * Of a table of amounts the ratio, of one of log2 values the difference.
 * @param control in the table's unit, shape [variables]
 */
export function foldOf({ absent }: Pick<Context, "absent">, control: Float64Array, logarithms: boolean): Fold {
  const at = (values: Float64Array, i: number): number => values[i] ?? 0;
  if (logarithms)
    return {
      reading: (v, log2) => Math.max(at(absent, v), at(control, v) + log2),
      log2: (v, reading) => Math.max(LEAST, reading - at(control, v)),
    };
  return {
    reading: (v, log2) => at(control, v) * 2 ** log2,
    log2: (v, reading) => Math.max(LEAST, Math.log2(Math.max(0, reading) / at(control, v))),
  };
}
