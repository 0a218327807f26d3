import type { Cell } from "../cell/cell.ts";
import { gatherReads, type Point } from "./point.ts";

/**
 * A guess of everything at `end.t`: the line through the last two accepted points, or the present where none is valid.
 * Amounts that were not negative are not guessed to be.
 */
export function extrapolate(cell: Cell, previous: Point | undefined, now: Point, end: Point): void {
  const factor = previous === undefined ? 0 : (end.t - now.t) / (now.t - previous.t);
  const before = previous ?? now;
  line(before.values, now.values, factor, end.values);
  line(before.rates, now.rates, factor, end.rates);
  line(before.slopes, now.slopes, factor, end.slopes);
  for (let i = 0; i < end.values.length; i++) {
    if ((end.values[i] ?? 0) < 0 && (now.values[i] ?? 0) >= 0 && isAmount(cell, i)) end.values[i] = 0;
  }
  for (let k = 0; k < cell.parts.length; k++) {
    const part = cell.parts[k];
    const instant = end.instants[k];
    if (part !== undefined && instant !== undefined) gatherReads(part, end.values, instant.reads);
  }
}

function line(before: Float64Array, now: Float64Array, factor: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    const value = now[i] ?? 0;
    out[i] = value + factor * (value - (before[i] ?? 0));
  }
}

function isAmount(cell: Cell, i: number): boolean {
  const kind = cell.variables[i]?.kind;
  return kind === "pool" || kind === "biomass" || kind === "species" || kind === "expression";
}
