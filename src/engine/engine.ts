import type { Cell } from "../cell/cell.ts";
import type { ModuleSnapshot } from "../cell/module.ts";
import { createWindows, type Windows } from "./breaks/windows.ts";
import { type Counts, startCounts } from "./counts.ts";
import { type Conserved, conservedIn } from "./mass/conservation.ts";
import { createLedger, type Ledger } from "./mass/ledger.ts";
import type { Settings } from "./options.ts";
import type { Meter } from "./step/call.ts";
import type { ControllerState, Flicker } from "./step/controller.ts";
import { createPoint, type Point } from "./step/point.ts";
import { type Roles, rolesOf } from "./step/states.ts";
import type { StepError } from "./step/step-error.ts";
import type { Depletion, Kink, LedgerPage, RunWarning } from "./trajectory.ts";

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
    counts: startCounts(cell),
  };
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
