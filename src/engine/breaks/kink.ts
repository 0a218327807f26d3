import type { Engine } from "../engine.ts";
import { type Attempt, attempt } from "../step/attempt.ts";
import { evaluatePoint } from "../step/evaluate.ts";
import { interpolateStates } from "../step/inside.ts";
import type { Point } from "../step/point.ts";

/** A kink counts as met where it lies within this share of the step before its end. */
const RESOLUTION = 1e-3;
const MOST_REPEATS = 6;

/**
 * Shortens a step so that it ends just behind the first change of a module's regime, located by bisection on the step's
 * dense output. A step whose error was too large is shortened likewise: the kink may be why.
 * @returns the outcome of the step as it stands in `end`, and whether it ends at a kink
 */
export async function stopAtKink(engine: Engine, first: Attempt): Promise<{ outcome: Attempt; kink: boolean }> {
  let outcome = first;
  for (let repeat = 0; repeat < MOST_REPEATS; repeat++) {
    if (!outcome.ok && outcome.why !== "error") break;
    const changed = changedParts(engine.now, engine.end);
    if (changed.length === 0) return { outcome, kink: false };
    const { now, end, settings } = engine;
    const resolution = Math.max(RESOLUTION * (end.t - now.t), settings.minStep);
    const met = await locate(engine, changed, resolution);
    if (met === end.t) {
      // The last instant that modules saw has to be the one that is kept.
      await evaluatePoint(engine.cell, end, engine.meter);
      break;
    }
    outcome = await attempt(engine, Math.max(met, now.t + settings.minStep));
  }
  return { outcome, kink: outcome.ok && changedParts(engine.now, engine.end).length > 0 };
}

/** A time just behind a change, within the resolution; the end of the step where the change is no further before it. */
async function locate(engine: Engine, changed: readonly number[], resolution: number): Promise<number> {
  const { now, end } = engine;
  const needed = withSuppliers(engine, changed);
  let low = now.t;
  let high = end.t;
  let middle = end.t - resolution;
  while (middle > low && middle < high) {
    if (await hasChanged(engine, changed, needed, middle)) high = middle;
    else low = middle;
    if (high - low <= 1.01 * resolution) break;
    middle = low + (high - low) / 2;
  }
  return high;
}

async function hasChanged(
  { cell, inside, now, meter }: Engine,
  changed: readonly number[],
  needed: ReadonlySet<number>,
  t: number,
): Promise<boolean> {
  inside.t = t;
  interpolateStates(cell, now, inside);
  const failure = await evaluatePoint(cell, inside, meter, needed);
  return failure !== undefined || changed.some((k) => inside.regimes[k] !== now.regimes[k]);
}

function changedParts(now: Point, end: Point): number[] {
  return now.regimes.flatMap((regime, k) => (regime === end.regimes[k] ? [] : [k]));
}

/** The parts and, transitively, the owners of the outputs they read. */
function withSuppliers({ cell }: Engine, changed: readonly number[]): Set<number> {
  const needed = new Set(changed);
  for (const k of needed) {
    for (const i of cell.parts[k]?.reads ?? []) {
      if (cell.variables[i]?.role !== "output") continue;
      const owner = cell.parts.findIndex((part) => i >= part.offset && i < part.offset + part.count);
      if (owner >= 0) needed.add(owner);
    }
  }
  return needed;
}
