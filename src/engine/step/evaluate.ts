import type { Cell } from "../../cell/cell.ts";
import { type Failure, failureOf, isPromise, type Meter } from "./call.ts";
import { gatherReads, type Point } from "./point.ts";

/**
 * Outputs, rates, slopes and regimes at a point, from its states, level by level.
 * @param only positions of the parts to evaluate; all where absent
 * @returns the first failure, or undefined
 */
export async function evaluatePoint(
  cell: Cell,
  point: Point,
  meter: Meter,
  only?: ReadonlySet<number>,
): Promise<Failure | undefined> {
  for (const level of cell.levels) {
    for (const k of level) {
      const part = cell.parts[k];
      const instant = point.instants[k];
      if (part === undefined || instant === undefined || only?.has(k) === false) continue;
      instant.t = point.t;
      gatherReads(part, point.values, instant.reads);
      const begin = performance.now();
      const pending = part.module.evaluate(instant);
      const status = isPromise(pending) ? await pending : pending;
      meter.moduleMs[k] = (meter.moduleMs[k] ?? 0) + performance.now() - begin;
      meter.evaluations++;
      if (!status.ok) return failureOf(part, status);
      point.warnings[k] = status.warning ?? "";
      point.regimes[k] = part.module.regime?.() ?? "";
    }
  }
  return undefined;
}
