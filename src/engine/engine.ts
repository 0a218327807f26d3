import type { Cell } from "../cell/cell.ts";
import type { ModuleSnapshot, Work } from "../cell/module.ts";
import type { Meter } from "./call.ts";
import { type Conserved, conservedIn } from "./conservation.ts";
import type { ControllerState } from "./controller.ts";
import type { Depletion } from "./depletion.ts";
import type { Flicker } from "./flicker.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import type { Settings } from "./options.ts";
import { createPoint, type Point } from "./point.ts";
import { type Roles, rolesOf } from "./states.ts";
import type { StepError } from "./step-error.ts";
import type { Kink, LedgerPage, RejectionReason, RunWarning } from "./trajectory.ts";
import { createWindows, type Windows } from "./windows.ts";

/** All that the time loop holds. The points rotate: what was `now` becomes `previous` when a step is accepted. */
export interface Engine {
  readonly cell: Cell;
  readonly settings: Settings;
  readonly roles: Roles;
  readonly windows: Windows;
  previous: Point;
  now: Point;
  end: Point;
  /** For instants inside a step. */
  readonly inside: Point;
  /** Whether the line through `previous` and `now` may be continued: not after a restart. */
  smooth: boolean;
  /** States as predicted, and as corrected the time before last. */
  readonly predicted: Float64Array;
  readonly corrected: Float64Array;
  /** States after sudden changes at the end of the step, where `sudden` says there were any. */
  readonly landing: Float64Array;
  sudden: boolean;
  readonly error: StepError;
  /** Of all modules, at `now`. */
  snapshots: ModuleSnapshot[];
  readonly controller: ControllerState;
  readonly ledger: Ledger;
  readonly conserved: readonly Conserved[];
  /** What was moved, step by step, where the settings ask for it. */
  pages: LedgerPage[];
  readonly meter: Meter;
  warnings: RunWarning[];
  kinks: Kink[];
  readonly flicker: Flicker;
  /** Amounts below which pools count as used up, and those that have been. */
  levels: Float64Array;
  depletions: Depletion[];
  /** What each part last said. */
  noted: string[];
  counts: Counts;
}

export function createEngine(cell: Cell, settings: Settings): Engine {
  return {
    cell,
    settings,
    roles: rolesOf(cell),
    windows: createWindows(cell),
    previous: createPoint(cell),
    now: createPoint(cell),
    end: createPoint(cell),
    inside: createPoint(cell),
    smooth: false,
    predicted: new Float64Array(cell.variables.length),
    corrected: new Float64Array(cell.variables.length),
    landing: new Float64Array(cell.variables.length),
    sudden: false,
    error: { value: 0, variable: -1 },
    snapshots: [],
    controller: {
      proposal: settings.initialStep,
      lastError: 1,
      rejected: false,
      coupling: { factor: 0, step: 0, age: 0 },
    },
    warnings: [],
    kinks: [],
    flicker: { count: 0, pause: 0 },
    levels: new Float64Array(0),
    depletions: [],
    noted: cell.parts.map(() => ""),
    ledger: createLedger(cell),
    conserved: conservedIn(cell),
    pages: [],
    meter: { moduleMs: new Float64Array(cell.parts.length), evaluations: 0 },
    counts: {
      steps: 0,
      corrections: 0,
      rejected: [],
      work: workOf(cell).map((entry) => ({ ...entry, count: -entry.count })),
    },
  };
}

/** Counts over the run, with those before a checkpoint; plain data. */
export interface Counts {
  /** Steps accepted. */
  steps: number;
  corrections: number;
  /** Why each rejected attempt was. */
  rejected: readonly (readonly [why: RejectionReason, count: number])[];
  /** What to add to what modules have counted, so that the sum is of this run. */
  work: readonly ModuleWork[];
}

export type ModuleWork = Work & { readonly module: string };

/** What all modules have counted so far. */
function workOf(cell: Cell): ModuleWork[] {
  return cell.parts.flatMap(({ module }) => (module.work?.() ?? []).map((work) => ({ module: module.id, ...work })));
}

/** What all modules have counted in this run. */
export function workDone({ cell, counts }: Engine): ModuleWork[] {
  return workOf(cell).map((entry, i) => ({ ...entry, count: entry.count + (counts.work[i]?.count ?? 0) }));
}

export function countRejection({ counts }: Engine, why: RejectionReason): void {
  const rejected = new Map(counts.rejected);
  counts.rejected = [...rejected.set(why, (rejected.get(why) ?? 0) + 1)];
}

/** Attempts rejected, for whatever reason. */
export function rejections({ counts }: Engine): number {
  return counts.rejected.reduce((sum, [, count]) => sum + count, 0);
}

export function takeSnapshots(engine: Engine): void {
  engine.snapshots = engine.cell.parts.map(({ module }) => module.snapshot());
}

export function restoreSnapshots(engine: Engine): void {
  engine.cell.parts.forEach(({ module }, k) => {
    module.restore(engine.snapshots[k]);
  });
}

/** Keeps and hands on what was moved, where somebody wants it. */
export function turnPage({ settings, pages }: Engine, write: () => LedgerPage): void {
  if (settings.pages !== true && settings.onLedger === undefined) return;
  const page = write();
  if (settings.pages === true) pages.push(page);
  settings.onLedger?.(page);
}

/** What modules remembered since the last snapshot is forgotten. */
export function forgetAll({ cell }: Engine): void {
  for (const { module } of cell.parts) module.beginStep?.();
}

/** The accepted end becomes the present. */
export function rotate(engine: Engine): void {
  const spare = engine.previous;
  engine.previous = engine.now;
  engine.now = engine.end;
  engine.end = spare;
}
