import type { Cell } from "../cell/cell.ts";
import { bendThrough } from "../cell/window.ts";
import { gatherReads, type Point } from "./point.ts";
import type { Windows } from "./windows.ts";

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

/**
 * How reads and rates bend over the step: the parabolas through the last accepted point, the present and the predicted
 * end, or straight lines where no point before is valid. Amounts stay above zero between ends that are.
 */
export function bendOver(cell: Cell, previous: Point | undefined, now: Point, end: Point, windows: Windows): void {
  const { valueBends, rateBends } = windows;
  if (previous === undefined) {
    straighten(windows);
    return;
  }
  const w = (now.t - previous.t) / (end.t - now.t);
  for (let i = 0; i < rateBends.length; i++)
    rateBends[i] = bendThrough(previous.rates[i] ?? 0, now.rates[i] ?? 0, end.rates[i] ?? 0, w);
  for (let i = 0; i < valueBends.length; i++) {
    const a0 = now.values[i] ?? 0;
    const a1 = end.values[i] ?? 0;
    const bend = bendThrough(previous.values[i] ?? 0, a0, a1, w);
    // a0 (1 - s) + a1 s - bend s (1 - s) has no zero in [0, 1] while bend is at most (sqrt a0 + sqrt a1)^2.
    valueBends[i] = isAmount(cell, i) && a0 >= 0 && a1 >= 0 ? Math.min(bend, a0 + a1) : bend;
  }
}

export function straighten({ valueBends, rateBends }: Windows): void {
  valueBends.fill(0);
  rateBends.fill(0);
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
