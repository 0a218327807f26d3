import type { Engine } from "./engine.ts";
import type { Point } from "./step/point.ts";

/** Keeps what modules newly say at a point, in evaluation or in the step that led there, and when it ceases to hold. */
export function noteWarnings({ cell, windows, noted, warnings }: Engine, point: Point): void {
  for (let k = 0; k < noted.length; k++) {
    const message = point.warnings[k] || windows.warnings[k] || "";
    if (message === noted[k]) continue;
    const module = cell.parts[k]?.module.id ?? "";
    const open = warnings.findLastIndex((entry) => entry.module === module && entry.message === noted[k]);
    const before = warnings[open];
    if (before !== undefined) warnings[open] = { ...before, until: point.t };
    if (message !== "") warnings.push({ t: point.t, module, message });
    noted[k] = message;
  }
}
