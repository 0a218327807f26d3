import type { FailureCode } from "../cell/status.ts";
import { type Progress, type Solver, type SolverStatus, sundialsSolver } from "../numerics/sundials/solver.ts";
import type { CompiledPathway } from "./compiled.ts";
import { EventLoop } from "./event-loop.ts";
import { OutputTable } from "./output-table.ts";
import type { SessionStatus } from "./session.ts";
import type { RunStatistics, Simulation } from "./simulate.ts";
import { type SolverCode, solverCode } from "./solver-code.ts";
import { TIME_SLOT } from "./symbols.ts";
import { absoluteTolerances } from "./tolerances.ts";

/** What a run needs; see `SimulateOptions`. */
export interface NativeOptions {
  readonly t0: number;
  readonly t1: number;
  readonly points: number;
  readonly rtol: number;
  readonly atol: number;
  readonly maxSteps: number;
  readonly seed: number;
  readonly select?: readonly string[];
  readonly method: NativeMethod;
}

export type NativeMethod = "bdf" | "radau";

/** What a run gives, with the states at its start and end. */
export type NativeResult = Pick<Simulation, "times" | "columns" | "status" | "statistics"> & {
  readonly before: Float64Array;
  readonly after: Float64Array;
};

/** Longest step of a model that something outside its states moves, as a share of the run: no pulse is stepped over. */
const SHARE = 1 / 20;
const NO_DRIVE = (): void => {};
const NO_NOMINALS: ReadonlyMap<string, number> = new Map();

/**
 * Runs a compiled model, all of it in WebAssembly: one call from event to event. Solver and compiled code
 * are made once and used again by the next run, which gives the same numbers whatever ran before.
 */
export class NativeRuns {
  private readonly pathway: CompiledPathway;
  private readonly code: SolverCode;
  private readonly solvers = new Map<NativeMethod, Solver>();
  private readonly tables = new Map<string, OutputTable>();

  constructor(pathway: CompiledPathway) {
    this.pathway = pathway;
    this.code = solverCode(pathway);
  }

  run(options: NativeOptions): NativeResult {
    const { pathway } = this;
    const { t0, t1, points, maxSteps, seed, select, method } = options;
    const table = this.tableFor(select);
    const sampling = table.begin(t0, t1, points);
    pathway.initialise(t0);
    const loop = new EventLoop(pathway, seed, NO_DRIVE);
    const watched = pathway.events.length > 0;
    let status: SessionStatus = { ok: true };
    if (watched) {
      pathway.observe();
      if (loop.settle(t0) < 0) status = endless(t0);
    }
    const before = pathway.stateValues.slice();
    const solver = this.prepared(options, before);
    const statistics = noStatistics(method);
    let [t, next, started] = [t0, 0, false];
    while (status.ok && t < t1) {
      const stop = Math.min(t1, loop.queue.nextTime());
      let triggered = false;
      if (stop > t) {
        this.code.prepare();
        table.prepare();
        if (started) solver.restart(t, pathway.stateValues);
        started = true;
        if (watched) solver.setTruth(loop.truthValues());
        const progress = solver.integrate(stop, maxSteps, sampling, next);
        add(statistics, solver);
        next = progress.next;
        triggered = progress.status === "triggered";
        t = progress.status === "stop-reached" ? stop : progress.t;
        pathway.values[TIME_SLOT] = t;
        pathway.stateValues.set(solver.state());
        if (!triggered && progress.status !== "stop-reached") {
          status = this.failure(progress, solver, method);
          break;
        }
      }
      if (!triggered && loop.queue.nextTime() > t) continue;
      pathway.observe();
      if (loop.settle(t) < 0) status = endless(t);
    }
    if (status.ok) {
      solver.state().set(pathway.stateValues);
      this.code.prepare();
      table.prepare();
      table.fill(t1, solver.y, next);
    }
    const reached = status.ok ? points : next;
    return { ...table.result(reached), status, statistics, before, after: pathway.stateValues.slice() };
  }

  /** The solver at the start of a run. */
  private prepared({ t0, t1, rtol, atol, method }: NativeOptions, y0: Float64Array): Solver {
    const { pathway, code } = this;
    const tolerances = absoluteTolerances(pathway, atol, NO_NOMINALS, y0.length);
    const maxStep = code.timed || pathway.events.length > 0 ? (t1 - t0) * SHARE : 0;
    const known = this.solvers.get(method);
    if (known === undefined) {
      const { memory } = pathway;
      const setup = { ...code.functions, t0, y0, rtol, atol: tolerances, maxStep, method };
      const solver = memory.keep(sundialsSolver(memory.sundials, setup));
      this.solvers.set(method, solver);
      return solver;
    }
    known.restart(t0, y0);
    known.setTolerances(rtol, tolerances);
    known.setLimits(0, maxStep);
    return known;
  }

  private tableFor(select: readonly string[] | undefined): OutputTable {
    const key = select?.join(" ") ?? " ";
    let table = this.tables.get(key);
    if (table === undefined) {
      table = new OutputTable(this.pathway, select);
      this.tables.set(key, table);
    }
    return table;
  }

  private failure({ status, t, steps }: Progress, solver: Solver, method: NativeMethod): SessionStatus {
    const failed = (code: FailureCode, message: string): SessionStatus => ({ ok: false, code, t, message });
    const near = `near '${this.fastest()}'`;
    if (status === "out-of-steps")
      return failed(
        "too-many-steps",
        `gave up at time ${t} after ${steps} steps, ${near}; raise maxSteps or loosen rtol`,
      );
    if (status !== "rhs-failed")
      return failed("failed", `${SOLVER[method]} gave up at time ${t}, ${near}: ${MEANING[status] ?? status}`);
    const id = this.pathway.states[solver.statistics().culprit]?.symbol.id ?? "";
    const hint = "look for a division by zero or a logarithm of a negative";
    return failed("not-finite", `the rate of change of '${id}' is not finite at time ${t}; ${hint}`);
  }

  /** The state that changes most, for its size, at the time and states in memory. */
  private fastest(): string {
    const { pathway } = this;
    pathway.differentiate();
    const { derivatives, stateValues, states } = pathway;
    let [found, most] = [0, -1];
    derivatives.forEach((rate, i) => {
      const speed = Math.abs(rate) / (Math.abs(stateValues[i] ?? 0) + Number.MIN_VALUE);
      if (speed > most) [found, most] = [i, speed];
    });
    return states[found]?.symbol.id ?? "";
  }
}

const SOLVER: Readonly<Record<NativeMethod, string>> = { bdf: "CVODES", radau: "Radau" };

const MEANING: Partial<Record<SolverStatus, string>> = {
  "too-much-accuracy": "rtol and atol ask for more digits than numbers have; loosen them (CV_TOO_MUCH_ACC)",
  "error-test-failures": "no step is short enough for the tolerances; look for a jump or a pole (CV_ERR_FAILURE)",
  "convergence-failures":
    "Newton's iteration doesn't converge with any step; look for a jump or a pole (CV_CONV_FAILURE)",
  "linear-solver-failed": "the linear system can't be solved (CV_LSETUP_FAIL)",
};

function endless(t: number): SessionStatus {
  return { ok: false, code: "failed", t, message: `events trigger each other without end at time ${t}` };
}

type Counts = { -readonly [K in keyof RunStatistics]: RunStatistics[K] };

function noStatistics(method: NativeMethod): Counts {
  return {
    solver: method === "radau" ? "radau" : "cvodes",
    steps: 0,
    rhsCalls: 0,
    jacobians: 0,
    newtonIterations: 0,
    errorTestFailures: 0,
    convergenceFailures: 0,
    factorisations: 0,
  };
}

function add(total: Counts, solver: Solver): void {
  const s = solver.statistics();
  total.steps += s.steps;
  total.rhsCalls += s.rhsCalls;
  total.jacobians += s.jacobians;
  total.newtonIterations += s.newtonIterations;
  total.errorTestFailures += s.errorTestFailures;
  total.convergenceFailures += s.convergenceFailures;
  total.factorisations += s.factorisations;
}
