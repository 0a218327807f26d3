import { firstSuddenChange } from "../breaks/sudden.ts";
import { advanceAll } from "../breaks/windows.ts";
import { type Engine, restoreSnapshots } from "../engine.ts";
import { evaluatePoint } from "./evaluate.ts";
import { extrapolate, straighten } from "./extrapolate.ts";
import { copyAt } from "./states.ts";

/** How far ahead a probe goes, as a share of the step, and up to where it serves for a shorter one. */
const REACH = 0.1;
const SERVES = 0.3;

/**
 * Sees to it that there is a second point to draw lines through. After a restart nothing before the present counts; a
 * short advance with everything held constant gives a point just ahead instead, which extrapolates just as well.
 */
export async function ensureSlope(engine: Engine, t1: number): Promise<void> {
  const step = t1 - engine.now.t;
  if (engine.smooth && engine.previous.t - engine.now.t <= SERVES * step) return;
  engine.smooth = false;
  if (!(await probe(engine, engine.now.t + REACH * step))) return;
  const probed = engine.end;
  engine.end = engine.previous;
  engine.previous = probed;
  engine.smooth = true;
}

/** Fills `end` at a time just ahead; false where the stretch up to there is not smooth. */
async function probe(engine: Engine, t: number): Promise<boolean> {
  const { cell, roles, windows, now, end, meter } = engine;
  if (!(t > now.t)) return false;
  end.t = t;
  extrapolate(cell, roles, undefined, now, end);
  straighten(windows);
  restoreSnapshots(engine);
  if ((await advanceAll(cell, windows, now, end, meter)) !== undefined) return false;
  if (firstSuddenChange(engine) <= t) return false;
  copyAt(roles.states, windows.result, end.values);
  if ((await evaluatePoint(cell, end, meter)) !== undefined) return false;
  return end.regimes.every((regime, k) => regime === now.regimes[k]);
}
