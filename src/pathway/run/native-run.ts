import { smallRandom } from "../../numerics/random.ts";
import { sundialsSolver } from "../../numerics/sundials/solver.ts";
import type { Sampling, Solver } from "../../numerics/sundials/solver-types.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { type SolverCode, solverCode } from "../code/solver-code.ts";
import { TIME_SLOT } from "../symbols.ts";
import { EventLoop } from "./event-loop.ts";
import { batchable, nativeBatch } from "./native-batch.ts";
import { nativeFailure } from "./native-failure.ts";
import type { NativeMethod, NativeOptions } from "./native-options.ts";
import { OutputTable } from "./output-table.ts";
import { addStatistics, type Counts, noStatistics } from "./run-statistics.ts";
import type { SessionStatus } from "./session.ts";
import type { Simulation } from "./simulation.ts";
import { SolverPoint } from "./solver-point.ts";
import { absoluteTolerances } from "./tolerances.ts";

/** What a run gives, with the states at its start and end. */
export type NativeResult = Pick<Simulation, "times" | "columns" | "status" | "statistics"> & {
  readonly before: Float64Array;
  readonly after: Float64Array;
};

/** How a run ended, and the output times that it filled. */
interface Ending {
  readonly status: SessionStatus;
  readonly reached: number;
}

/** Longest step of a model that something outside its states moves, as a share of the run: no pulse is stepped over. */
const SHARE = 1 / 20;
const NO_DRIVE = (): void => {};
const NO_NOMINALS: ReadonlyMap<string, number> = new Map();
const DONE: SessionStatus = { ok: true };
const NAMES: Readonly<Record<NativeMethod, string>> = { bdf: "CVODES", radau: "Radau" };

/**
 * Runs a compiled model, all of it in WebAssembly: one call from event to event. Solver and compiled code
 * are made once and used again by the next run, which gives the same numbers whatever ran before.
 */
export class NativeRuns {
  private readonly pathway: CompiledPathway;
  private readonly code: SolverCode;
  private readonly solvers = new Map<NativeMethod, Solver>();
  private readonly tables = new Map<string, OutputTable>();
  private last: { select: readonly string[] | undefined; amounts: boolean; table: OutputTable } | undefined;
  private readonly point: SolverPoint;
  /** State after the events at the start. */
  private readonly before: Float64Array;

  constructor(pathway: CompiledPathway) {
    this.pathway = pathway;
    this.code = solverCode(pathway);
    this.point = new SolverPoint(pathway);
    this.before = new Float64Array(pathway.states.length);
  }

  run(options: NativeOptions): NativeResult {
    const table = this.tableFor(options);
    const statistics = noStatistics(options.method === "radau" ? "radau" : "cvodes");
    const { status, reached } = this.integrate(options, table, statistics);
    const states = { before: this.before.slice(), after: this.pathway.stateValues.slice() };
    return { ...table.result(reached), status, statistics, ...states };
  }

  /** A run whose selected quantities go to `out`, shape [points, select]; what is not reached is left alone. */
  fill(options: NativeOptions, out: Float64Array): SessionStatus {
    const table = this.tableFor(options);
    const { status, reached } = this.integrate(options, table, undefined);
    table.write(reached, out);
    return status;
  }

  /**
   * Runs to the end that differ in some start values, one after the other; their selected quantities go to `out`, shape
   * [runs, select].
   * @param values numbers for the slots in `changed`, shape [runs, changed]
   * @returns runs made before one that only `fill` can make
   */
  fillMany(options: NativeOptions, changed: readonly number[], values: Float64Array, out: Float64Array): number {
    if (!batchable(this.pathway)) return 0;
    const table = this.tableFor(options);
    this.pathway.initialise(options.t0);
    const solver = this.prepared(options);
    return nativeBatch(this.pathway, solver, this.code, table, options, changed, values, out);
  }

  private integrate(options: NativeOptions, table: OutputTable, counts: Counts | undefined): Ending {
    const sampling = table.begin(options.t0, options.t1, options.points);
    this.pathway.initialise(options.t0);
    const { events } = this.pathway;
    return events.length === 0
      ? this.straight(options, table, sampling, counts)
      : this.eventful(options, table, sampling, counts);
  }

  /** From start to end in one call. */
  private straight(options: NativeOptions, table: OutputTable, sampling: Sampling, counts: Counts | undefined): Ending {
    const { pathway } = this;
    const { t1, points, maxSteps, seed, method } = options;
    pathway.draws.random = smallRandom(seed);
    this.before.set(pathway.stateValues);
    const solver = this.prepared(options);
    this.code.prepare();
    table.prepare();
    const progress = solver.integrate(t1, maxSteps, sampling, 0);
    if (counts !== undefined) addStatistics(counts, solver);
    const ended = progress.status === "stop-reached";
    pathway.values[TIME_SLOT] = ended ? t1 : progress.t;
    this.point.write(solver.state());
    if (!ended) return { status: nativeFailure(pathway, progress, solver, NAMES[method]), reached: progress.next };
    table.fill(t1, solver.y, progress.next);
    return { status: DONE, reached: points };
  }

  /** From event to event. */
  private eventful(options: NativeOptions, table: OutputTable, sampling: Sampling, counts: Counts | undefined): Ending {
    const { pathway } = this;
    const { t0, t1, points, maxSteps, seed, method } = options;
    const loop = new EventLoop(pathway, seed, NO_DRIVE);
    pathway.observe();
    let status: SessionStatus = loop.settle(t0) < 0 ? endless(t0) : DONE;
    this.before.set(pathway.stateValues);
    const solver = this.prepared(options);
    let [t, next, started] = [t0, 0, false];
    while (status.ok && t < t1) {
      const stop = Math.min(t1, loop.queue.nextTime());
      let triggered = false;
      if (stop > t) {
        this.code.prepare();
        table.prepare();
        if (started) solver.restart(t, this.point.read());
        started = true;
        solver.setTruth(loop.truthValues());
        const progress = solver.integrate(stop, maxSteps, sampling, next);
        if (counts !== undefined) addStatistics(counts, solver);
        next = progress.next;
        triggered = progress.status === "triggered";
        t = progress.status === "stop-reached" ? stop : progress.t;
        pathway.values[TIME_SLOT] = t;
        this.point.write(solver.state());
        if (!triggered && progress.status !== "stop-reached") {
          status = nativeFailure(pathway, progress, solver, NAMES[method]);
          break;
        }
      }
      if (!triggered && loop.queue.nextTime() > t) continue;
      pathway.observe();
      if (loop.settle(t) < 0) status = endless(t);
    }
    if (!status.ok) return { status, reached: next };
    solver.state().set(this.point.read());
    this.code.prepare();
    table.prepare();
    table.fill(t1, solver.y, next);
    return { status, reached: points };
  }

  /** The solver at the start of a run. */
  private prepared({ t0, t1, rtol, atol, method }: NativeOptions): Solver {
    const { pathway, code } = this;
    const y0 = this.point.read();
    const tolerances = absoluteTolerances(pathway, atol, NO_NOMINALS, y0.length);
    const maxStep = code.timed || pathway.events.length > 0 ? (t1 - t0) * SHARE : 0;
    const known = this.solvers.get(method);
    if (known === undefined) {
      const { memory } = pathway;
      const start = y0.slice(); // memory may move while the solver is made
      const setup = { ...code.functions, t0, y0: start, rtol, atol: tolerances, maxStep, method };
      const solver = memory.keep(sundialsSolver(memory.sundials, setup));
      this.solvers.set(method, solver);
      return solver;
    }
    known.restart(t0, y0);
    known.setTolerances(rtol, tolerances);
    known.setLimits(0, maxStep);
    return known;
  }

  private tableFor({ select, amounts }: NativeOptions): OutputTable {
    const { last } = this;
    if (last !== undefined && last.select === select && last.amounts === amounts) return last.table;
    const key = [amounts, ...(select ?? ["*"])].join(" ");
    const table = this.tables.get(key) ?? new OutputTable(this.pathway, select, amounts);
    this.tables.set(key, table);
    this.last = { select, amounts, table };
    return table;
  }
}

function endless(t: number): SessionStatus {
  return { ok: false, code: "failed", t, message: `events trigger each other without end at time ${t}` };
}
