import type { Engine } from "../engine.ts";
import { restoreSnapshots, takeSnapshots, turnPage } from "../engine.ts";
import { bookOwn } from "../mass/ledger.ts";
import type { Failure } from "../step/call.ts";
import { evaluatePoint } from "../step/evaluate.ts";
import type { LedgerEntry } from "../trajectory.ts";
import { noteWarnings } from "../warnings.ts";

/** Time of the first sudden change in the windows last advanced, hours; infinite where there is none. */
export function firstSuddenChange({ cell }: Engine): number {
  let first = Number.POSITIVE_INFINITY;
  for (let k = 0; k < cell.parts.length; k++) {
    const t = cell.parts[k]?.module.suddenChange?.();
    if (t !== undefined && t < first) first = t;
  }
  return first;
}

/** Where states changed suddenly at the end of the window, the result is what they were before; `landing` keeps the rest. */
export function setApartLanding(engine: Engine): void {
  const { cell, windows, landing } = engine;
  engine.sudden = false;
  cell.parts.forEach((part, k) => {
    const window = windows.perPart[k];
    if (window === undefined || part.module.suddenChange?.() === undefined) return;
    if (!engine.sudden) landing.set(windows.result);
    engine.sudden = true;
    landing.set(window.owned, part.offset);
    for (const local of part.states) window.owned[local] = window.before[local] ?? 0;
  });
}

/**
 * After the accepted step: states take the values after the change, booked to their owners, and all is evaluated anew.
 * Modules are restored first: what they remember of the window just advanced ends before the change.
 */
export async function land(engine: Engine): Promise<Failure | undefined> {
  const { cell, roles, now, landing, ledger, meter } = engine;
  const moved: LedgerEntry[] = [];
  for (const i of roles.states) {
    const jump = (landing[i] ?? 0) - (now.values[i] ?? 0);
    if (jump === 0) continue;
    bookOwn(ledger, i, jump);
    const { id = "", owner = "" } = cell.variables[i] ?? {};
    moved.push({ variable: id, module: owner, moved: jump });
    now.values[i] = landing[i] ?? 0;
  }
  if (moved.length > 0) turnPage(engine, () => ({ t0: now.t, t1: now.t, entries: moved }));
  engine.smooth = false;
  takeSnapshots(engine);
  restoreSnapshots(engine);
  const failure = await evaluatePoint(cell, now, meter);
  noteWarnings(engine, now);
  return failure;
}
