import { type Cell, initialState } from "../cell/cell.ts";
import { CellweaveError } from "../errors.ts";
import { enterEdge } from "./breaks/edge.ts";
import { activeAt, applyEdits, checkEdits, edgesOf } from "./breaks/edits.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint/checkpoint.ts";
import type { Checkpoint } from "./checkpoint/checkpoint-data.ts";
import { rejections, workDone } from "./counts.ts";
import { createEngine, type Engine, forgetAll, restoreSnapshots } from "./engine.ts";
import { contentsIn } from "./mass/conservation.ts";
import { depletionLevels } from "./mass/depletion.ts";
import { ledgerEntries } from "./mass/ledger.ts";
import { type SimulateOptions, settle } from "./options.ts";
import { createRecorder, type Recorder, recordNow } from "./recorder.ts";
import type { Failure } from "./step/call.ts";
import { failureWords, macroStep } from "./step/step.ts";
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
  if (engine.now.t === settings.t1) progress.status = { code: "done", t: settings.t1 };
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
  forgetAll(engine);
  engine.levels = depletionLevels(engine);
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
  forgetAll(engine);
}

async function stepOnce(engine: Engine, recorder: Recorder, progress: Progress): Promise<void> {
  const edge = progress.edges[0] ?? engine.settings.t1;
  const trouble = await macroStep(engine, recorder, edge);
  if (trouble !== undefined) stop(progress, engine, trouble);
  else if (engine.now.t === edge) await passEdge(engine, recorder, progress);
  if (progress.status === undefined && engine.counts.steps + rejections(engine) >= engine.settings.maxSteps)
    stop(progress, engine, `${engine.settings.maxSteps} steps were not enough; raise maxSteps or the tolerances`);
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
  const words = failureWords(failure);
  if (words !== undefined) stop(progress, engine, words);
}

function stop(progress: Progress, engine: Engine, what: string): void {
  const { t } = engine.now;
  progress.status = { code: "failed", message: `stopped at t = ${t} h: ${what}`, t };
}

function report(engine: Engine, recorder: Recorder, progress: Progress, totalMs: number): Trajectory {
  const { cell, now, ledger, meter, counts } = engine;
  return {
    variables: cell.variables,
    times: recorder.times.slice(0, recorder.count),
    columns: recorder.columns.map((column) => column.slice(0, recorder.count)),
    status: progress.status ?? { code: "interrupted", message: "the run is not over", t: now.t },
    warnings: engine.warnings,
    ledger: ledgerEntries(cell, ledger),
    kinks: engine.kinks,
    depletions: engine.depletions,
    ...(engine.settings.pages === true ? { pages: engine.pages, contents: contentsIn(cell) } : {}),
    statistics: {
      steps: counts.steps,
      rejected: rejections(engine),
      rejectedFor: new Map(counts.rejected),
      corrections: counts.corrections,
      evaluations: meter.evaluations,
      work: workDone(engine),
      moduleMs: new Map(cell.parts.map((part, k) => [part.module.id, meter.moduleMs[k] ?? 0])),
      totalMs,
    },
  };
}
