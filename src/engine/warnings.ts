import type { Engine } from "./engine.ts";
import type { Point } from "./point.ts";

/** Keeps what modules newly say at a point, in evaluation or in the step that led there. */
export function noteWarnings({ cell, windows, noted, warnings }: Engine, point: Point): void {
  for (let k = 0; k < noted.length; k++) {
    const message = point.warnings[k] || windows.warnings[k] || "";
    if (message !== "" && message !== noted[k])
      warnings.push({ t: point.t, module: cell.parts[k]?.module.id ?? "", message });
    noted[k] = message;
  }
}
