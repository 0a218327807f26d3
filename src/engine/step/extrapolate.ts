import type { Cell } from "../../cell/cell.ts";
import { bendThrough } from "../../cell/window.ts";
import type { Windows } from "../breaks/windows.ts";
import { gatherReads, type Point } from "./point.ts";
import { copyAt, type Roles } from "./states.ts";

/**
 * A guess of everything at `end.t`: the line through the last two accepted points, or the present where none is valid.
 * Amounts that were not negative are not guessed to be.
 */
export function extrapolate(cell: Cell, roles: Roles, previous: Point | undefined, now: Point, end: Point): void {
  const factor = previous === undefined ? 0 : (end.t - now.t) / (now.t - previous.t);
  const before = previous ?? now;
  line(before.values, now.values, factor, end.values);
  line(before.rates, now.rates, factor, end.rates);
  line(before.slopes, now.slopes, factor, end.slopes);
  copyAt(roles.noisyValues, now.values, end.values);
  copyAt(roles.noisyRates, now.rates, end.rates);
  for (let n = 0; n < roles.amounts.length; n++) {
    const i = roles.amounts[n] ?? 0;
    if ((end.values[i] ?? 0) < 0 && (now.values[i] ?? 0) >= 0) end.values[i] = 0;
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
export function bendOver(roles: Roles, previous: Point | undefined, now: Point, end: Point, windows: Windows): void {
  if (previous === undefined) {
    straighten(windows);
    return;
  }
  const { valueBends, rateBends } = windows;
  const w = (now.t - previous.t) / (end.t - now.t);
  bend(previous.rates, now.rates, end.rates, w, rateBends);
  bend(previous.values, now.values, end.values, w, valueBends);
  for (let n = 0; n < roles.noisyRates.length; n++) rateBends[roles.noisyRates[n] ?? 0] = 0;
  for (let n = 0; n < roles.noisyValues.length; n++) valueBends[roles.noisyValues[n] ?? 0] = 0;
  for (let n = 0; n < roles.amounts.length; n++) {
    const i = roles.amounts[n] ?? 0;
    const a0 = now.values[i] ?? 0;
    const a1 = end.values[i] ?? 0;
    // a0 (1 - s) + a1 s - bend s (1 - s) has no zero in [0, 1] while bend is at most (sqrt a0 + sqrt a1)^2.
    if (a0 >= 0 && a1 >= 0) valueBends[i] = Math.min(valueBends[i] ?? 0, a0 + a1);
  }
}

function bend(before: Float64Array, a0: Float64Array, a1: Float64Array, w: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = bendThrough(before[i] ?? 0, a0[i] ?? 0, a1[i] ?? 0, w);
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
