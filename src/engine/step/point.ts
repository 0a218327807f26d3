import type { Cell, Part } from "../../cell/cell.ts";
import type { Instant } from "../../cell/module.ts";

/** Everything that modules say about one time: buffers that the engine reuses from step to step. */
export interface Point {
  /** Hours. */
  t: number;
  /** Values of all variables, shape [variables]. */
  readonly values: Float64Array;
  /** Rates added, and their slopes, in the order of the cell's wiring. */
  readonly rates: Float64Array;
  readonly slopes: Float64Array;
  /** Regime of each part, the empty string where it has none. */
  readonly regimes: string[];
  /** What each part wants a reader to know, the empty string for nothing. */
  readonly warnings: string[];
  /** What each part sees; `owned`, `rates` and `feedback` are views into the arrays above. */
  readonly instants: readonly MutableInstant[];
}

export type MutableInstant = { -readonly [K in keyof Instant]: Instant[K] };

export function createPoint(cell: Cell): Point {
  const values = new Float64Array(cell.variables.length);
  const rates = new Float64Array(cell.rateCount);
  const slopes = new Float64Array(cell.slopeCount);
  const instants = cell.parts.map((part) => ({
    t: 0,
    reads: new Float64Array(part.reads.length),
    owned: values.subarray(part.offset, part.offset + part.count),
    rates: rates.subarray(part.rateOffset, part.rateOffset + part.rateCount),
    feedback: slopes.subarray(part.slopeOffset, part.slopeOffset + part.slopeCount),
  }));
  return {
    t: 0,
    values,
    rates,
    slopes,
    regimes: cell.parts.map(() => ""),
    warnings: cell.parts.map(() => ""),
    instants,
  };
}

/** Copies into `reads` of one part what it reads of the values. */
export function gatherReads(part: Part, values: Float64Array, reads: Float64Array): void {
  const { reads: indices } = part;
  for (let i = 0; i < indices.length; i++) reads[i] = values[indices[i] ?? 0] ?? 0;
}
