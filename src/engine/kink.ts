import { type Attempt, attempt } from "./attempt.ts";
import type { Engine } from "./engine.ts";
import { evaluatePoint } from "./evaluate.ts";
import type { Point } from "./point.ts";

/** A kink counts as met where it lies within this share of the step before its end. */
const RESOLUTION = 1e-5;
const MOST_REPEATS = 6;

/**
 * Shortens an accepted step so that it ends just behind the first change of a module's regime, located by bisection on
 * the step's dense output.
 * @returns the outcome of the step as it stands in `end`, and whether it ends at a kink
 */
export async function stopAtKink(engine: Engine, first: Attempt): Promise<{ outcome: Attempt; kink: boolean }> {
  let outcome = first;
  for (let repeat = 0; outcome.ok && repeat < MOST_REPEATS; repeat++) {
    const changed = changedParts(engine.now, engine.end);
    if (changed.length === 0) return { outcome, kink: false };
    const { now, end, settings } = engine;
    const resolution = Math.max(RESOLUTION * (end.t - now.t), settings.minStep);
    const met = await locate(engine, changed, resolution);
    if (end.t - met <= resolution) break;
    outcome = await attempt(engine, Math.max(met, now.t + settings.minStep));
  }
  return { outcome, kink: outcome.ok && changedParts(engine.now, engine.end).length > 0 };
}

/** Latest known time before which no regime has changed, up to the resolution and just behind the change. */
async function locate(engine: Engine, changed: readonly number[], resolution: number): Promise<number> {
  const { cell, inside, now, end, meter } = engine;
  const needed = withSuppliers(engine, changed);
  let low = now.t;
  let high = end.t;
  while (high - low > resolution) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    inside.t = middle;
    interpolateStates(engine, inside);
    const failure = await evaluatePoint(cell, inside, meter, needed);
    const crossed = failure !== undefined || changed.some((k) => inside.regimes[k] !== now.regimes[k]);
    if (crossed) high = middle;
    else low = middle;
  }
  return high;
}

/** States at `point.t` from the modules' dense output over the window last advanced. */
export function interpolateStates(engine: Engine, point: Point): void {
  point.values.set(engine.now.values);
  engine.cell.parts.forEach((part, k) => {
    const owned = point.instants[k]?.owned;
    if (part.states.length > 0 && owned !== undefined) part.module.interpolate(point.t, owned);
  });
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
