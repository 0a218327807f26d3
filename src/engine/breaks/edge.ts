import { indexOf } from "../../cell/cell.ts";
import type { Edit } from "../../cell/edit.ts";
import { type Engine, takeSnapshots, turnPage } from "../engine.ts";
import { bookJump } from "../mass/ledger.ts";
import type { Failure } from "../step/call.ts";
import { evaluatePoint } from "../step/evaluate.ts";
import { EXPERIMENTER } from "../trajectory.ts";
import { noteWarnings } from "../warnings.ts";
import { activeAt, applyEdits } from "./edits.ts";

/**
 * The beginning of a smooth stretch: jumps and edits of the present time take effect, everything is evaluated anew,
 * and nothing of the past is extrapolated.
 */
export async function enterEdge(engine: Engine): Promise<Failure | undefined> {
  const { cell, settings, now, controller } = engine;
  const edits = activeAt(settings.edits, now.t);
  for (const { variable, value, at } of settings.jumps) if (at === now.t) setState(engine, variable, value);
  for (const edit of edits) if (edit.kind === "clamp") clamp(engine, edit);
  applyEdits(cell, edits);
  engine.smooth = false;
  controller.proposal = Math.min(controller.proposal, settings.initialStep);
  controller.lastError = 1;
  controller.rejected = false;
  const failure = await evaluatePoint(cell, now, engine.meter);
  noteWarnings(engine, now);
  takeSnapshots(engine);
  return failure;
}

function clamp(engine: Engine, edit: Extract<Edit, { kind: "clamp" }>): void {
  for (const { module } of engine.cell.parts) {
    if (!module.accepts(edit)) continue;
    setState(engine, edit.variable, edit.value, module.id);
    setState(engine, `${edit.variable}@${module.id}`, edit.value, module.id);
  }
}

/** Sets a state and books the difference; nothing where the variable is an output or of another owner. */
function setState(engine: Engine, id: string, value: number, owner?: string): void {
  const i = indexOf(engine.cell, id);
  const variable = engine.cell.variables[i];
  if (variable?.role !== "state" || (owner !== undefined && variable.owner !== owner)) return;
  const moved = value - (engine.now.values[i] ?? 0);
  bookJump(engine.ledger, i, moved);
  const { t } = engine.now;
  turnPage(engine, () => ({ t0: t, t1: t, entries: [{ variable: id, module: EXPERIMENTER, moved }] }));
  engine.now.values[i] = value;
}
