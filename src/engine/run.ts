import { type Cell, initialState } from "../cell/cell.ts";
import { CellweaveError } from "../errors.ts";
import { type Attempt, attempt } from "./attempt.ts";
import type { Failure } from "./call.ts";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { accepted, retreat, tooLarge } from "./controller.ts";
import { enterEdge } from "./edge.ts";
import { activeAt, applyEdits, checkEdits, edgesOf } from "./edits.ts";
import { createEngine, type Engine, restoreSnapshots, rotate, takeSnapshots } from "./engine.ts";
import { stopAtKink } from "./kink.ts";
import { bookStep, ledgerEntries } from "./ledger.ts";
import { type Settings, type SimulateOptions, settle } from "./options.ts";
import { createRecorder, type Recorder, recordNow, recordStep } from "./recorder.ts";
import type { RunStatus, Trajectory } from "./trajectory.ts";

/** A run that is stepped from outside; `simulate` steps it to its end. */
export interface Run {
  /** Time reached, hours. */
  readonly t: number;
  /** One attempt at a macro-step. @returns false when the run is over */
  step(): Promise<boolean>;
  /** Ends the run where it is. */
  interrupt(message: string): void;
  checkpoint(): Checkpoint;
  /** What has been reached, at any time. */
  trajectory(): Trajectory;
}

/**
 * A run of a cell at its start, or where `options.resume` left it.
 * @throws CellweaveError `run/...` for options, edits or a checkpoint that don't fit the cell
 */
export async function startRun(cell: Cell, options: SimulateOptions): Promise<Run> {
  const settings = settle(options);
  checkEdits(cell, settings.edits, settings.jumps);
  const engine = createEngine(cell, settings);
  const recorder = createRecorder(settings.output, cell.variables.length);
  const begun = performance.now();
  const progress: Progress = { status: undefined, edges: [] };
  if (settings.resume === undefined) fail(progress, engine, await begin(engine));
  else goOn(engine, recorder, settings.resume);
  progress.edges = edgesOf(settings.edits, settings.jumps, engine.now.t, settings.t1);
  return {
    get t() {
      return engine.now.t;
    },
    async step() {
      if (progress.status === undefined) await stepOnce(engine, recorder, progress);
      return progress.status === undefined;
    },
    interrupt(message) {
      progress.status ??= { code: "interrupted", message, t: engine.now.t };
    },
    checkpoint: () => writeCheckpoint(engine, recorder),
    trajectory: () => report(engine, recorder, progress, performance.now() - begun),
  };
}

interface Progress {
  status: RunStatus | undefined;
  /** Times still ahead at which to stop exactly. */
  edges: number[];
}

async function begin(engine: Engine): Promise<Failure | undefined> {
  const { cell, settings, now } = engine;
  const start = settings.start ?? initialState(cell);
  if (start.length !== cell.variables.length)
    throw new CellweaveError("run/options", `start has ${start.length} values, the cell ${cell.variables.length}`);
  now.t = settings.t0;
  now.values.set(start);
  engine.snapshots = [...(settings.snapshots ?? cell.snapshots)];
  restoreSnapshots(engine);
  return enterEdge(engine);
}

function goOn(engine: Engine, recorder: Recorder, checkpoint: Checkpoint): void {
  const { cell, settings } = engine;
  const same = cell.variables.every(({ id }, i) => checkpoint.variables[i] === id);
  if (!same || checkpoint.variables.length !== cell.variables.length)
    throw new CellweaveError("run/checkpoint", "the checkpoint is of a cell with other variables", {
      hint: "resume with the cell and scenario that wrote it",
    });
  applyEdits(cell, activeAt(settings.edits, checkpoint.now.t));
  readCheckpoint(checkpoint, engine, recorder);
  restoreSnapshots(engine);
}

async function stepOnce(engine: Engine, recorder: Recorder, progress: Progress): Promise<void> {
  const edge = progress.edges[0] ?? engine.settings.t1;
  const t1 = nextTime(engine.now.t, engine.controller.proposal, edge, engine.settings);
  let outcome = await attempt(engine, t1);
  let kink = false;
  if (outcome.ok) ({ outcome, kink } = await stopAtKink(engine, outcome));
  if (outcome.ok) {
    accept(engine, recorder, outcome, kink);
    if (engine.now.t === edge) await passEdge(engine, recorder, progress);
  } else reject(engine, outcome, progress);
  if (progress.status === undefined && engine.steps + engine.rejections >= engine.settings.maxSteps)
    stop(progress, engine, `${engine.settings.maxSteps} steps were not enough; raise maxSteps or the tolerances`);
}

/** The end of the next step: exactly the edge where it is near, half of what remains where one step nearly does. */
function nextTime(t: number, proposal: number, edge: number, { maxStep }: Settings): number {
  const step = Math.min(proposal, maxStep);
  const remaining = edge - t;
  if (step >= remaining * (1 - 1e-10)) return edge;
  return t + Math.min(step, remaining / 2);
}

function accept(engine: Engine, recorder: Recorder, outcome: Extract<Attempt, { ok: true }>, kink: boolean): void {
  const { cell, windows, ledger, controller, now, end } = engine;
  recordStep(recorder, engine);
  bookStep(cell, windows, ledger);
  accepted(controller, end.t - now.t, outcome.error, outcome.order);
  rotate(engine);
  engine.smooth = !kink;
  if (kink) controller.lastError = 1;
  engine.steps++;
  takeSnapshots(engine);
}

function reject(engine: Engine, outcome: Extract<Attempt, { ok: false }>, progress: Progress): void {
  const { controller, settings, now, end } = engine;
  const step = end.t - now.t;
  engine.rejections++;
  if (outcome.why === "error") tooLarge(controller, step, outcome.error, outcome.order);
  else {
    retreat(controller, step);
    engine.smooth = false;
  }
  if (controller.proposal >= settings.minStep) return;
  stop(progress, engine, `even steps of ${step.toPrecision(3)} h do not hold: ${outcome.words()}`);
}

async function passEdge(engine: Engine, recorder: Recorder, progress: Progress): Promise<void> {
  progress.edges.shift();
  if (progress.edges.length > 0) {
    fail(progress, engine, await enterEdge(engine));
    return;
  }
  recordNow(recorder, engine);
  progress.status = { code: "done", t: engine.now.t };
}

function fail(progress: Progress, engine: Engine, failure: Failure | undefined): void {
  if (failure === undefined) return;
  const { module, status } = failure;
  stop(progress, engine, `module '${module}' failed (${status.code}): ${status.message}`);
}

function stop(progress: Progress, engine: Engine, what: string): void {
  const { t } = engine.now;
  progress.status = { code: "failed", message: `stopped at t = ${t} h: ${what}`, t };
}

function report(engine: Engine, recorder: Recorder, progress: Progress, totalMs: number): Trajectory {
  const { cell, now, ledger, meter, steps, rejections } = engine;
  return {
    variables: cell.variables,
    times: recorder.times.slice(0, recorder.count),
    columns: recorder.columns.map((column) => column.slice(0, recorder.count)),
    status: progress.status ?? { code: "interrupted", message: "the run is not over", t: now.t },
    warnings: [],
    ledger: ledgerEntries(cell, ledger),
    statistics: {
      steps,
      rejected: rejections,
      evaluations: meter.evaluations,
      moduleMs: new Map(cell.parts.map((part, k) => [part.module.id, meter.moduleMs[k] ?? 0])),
      totalMs,
    },
  };
}
