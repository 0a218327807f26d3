import { fullPattern, placePattern } from "./pattern.ts";
import { outOfMemory, type Sundials } from "./sundials.ts";

/**
 * `bdf`: CVODE's variable order, for stiff problems. `adams`: CVODE's Adams-Moulton, iterated to a fixed point, for
 * problems that aren't stiff. `radau`: Radau IIA of order 9, for stiff problems that swing hardly damped; finds no roots.
 */
export type SolverMethod = "bdf" | "adams" | "radau";

/** In the order of glue.c. */
const METHODS: readonly SolverMethod[] = ["bdf", "adams", "radau"];

/** A problem whose functions are in the function table; pointers and indices of glue.c. */
export interface SolverSetup {
  readonly t0: number;
  /** Shape [n]. */
  readonly y0: ArrayLike<number>;
  readonly rtol: number;
  /** Shape [n]. */
  readonly atol: ArrayLike<number>;
  /** Table index: (t, y, ydot, data). */
  readonly rhs: number;
  /** The Jacobian's function and its pattern in memory; dense difference quotients where absent. */
  readonly jacobian?: { readonly call: number; readonly pattern: number };
  readonly roots?: { readonly call: number; readonly count: number };
  /**
   * Truth values whose changes end `integrate`, behind them the margins of the relations that they are made of (left side
   * less right side), and the components of y that both depend on.
   */
  readonly triggers?: {
    readonly call: number;
    readonly count: number;
    readonly margins: number;
    readonly states: readonly number[];
  };
  /**
   * Components that have a derivative, all where absent. What `rhs` gives for those behind them is zero instead
   * (algebraic equations of index 1, true at the start); Radau alone takes such, with a dense pattern.
   */
  readonly moving?: number;
  /** Handed to every function. */
  readonly data?: number;
  /** Default `bdf`. */
  readonly method?: SolverMethod;
  /** First step; chosen by CVODE where 0 or absent. */
  readonly initialStep?: number;
  /** Longest step; unlimited where 0 or absent. */
  readonly maxStep?: number;
}

/** CVODE's outcome of a step, by its own meaning (CVODES 6.4.1, section 5.1.5.7 and appendix), and two of `integrate`. */
export type SolverStatus =
  | "stepped"
  | "stop-reached"
  | "root-found"
  | "triggered"
  | "out-of-steps"
  | "too-much-accuracy"
  | "error-test-failures"
  | "convergence-failures"
  | "linear-solver-failed"
  | "rhs-failed"
  | "root-function-failed"
  | "failed";

const STATUS = new Map<number, SolverStatus>([
  [0, "stepped"],
  [1, "stop-reached"],
  [2, "root-found"],
  [100, "triggered"],
  [101, "out-of-steps"],
  [-2, "too-much-accuracy"],
  [-3, "error-test-failures"],
  [-4, "convergence-failures"],
  [-5, "linear-solver-failed"],
  [-6, "linear-solver-failed"],
  [-7, "linear-solver-failed"],
  [-8, "rhs-failed"],
  [-9, "rhs-failed"],
  [-10, "rhs-failed"],
  [-11, "rhs-failed"],
  [-12, "root-function-failed"],
]);

/** Counts since the last restart. */
export interface SolverStatistics {
  readonly steps: number;
  readonly rhsCalls: number;
  readonly jacobians: number;
  readonly newtonIterations: number;
  readonly errorTestFailures: number;
  readonly convergenceFailures: number;
  readonly lastStep: number;
  readonly nextStep: number;
  readonly factorisations: number;
  readonly order: number;
  /** Component whose rate was last found not finite. */
  readonly culprit: number;
}

/** Output of `integrate`: columns are filled for times that are passed; `next` counts them. */
export interface Sampling {
  /** Pointer to ascending times. */
  readonly times: number;
  readonly count: number;
  /** Pointer to columns, shape [width, count]. */
  readonly table: number;
  /** Pointer to room for one row, shape [width]. */
  readonly row: number;
  readonly width: number;
  /** Table index of what writes a row from (t, y); the states where 0. */
  readonly observe: number;
}

/** How far `integrate` came. */
export interface Progress {
  readonly status: SolverStatus;
  readonly t: number;
  readonly steps: number;
  /** First output time that has not been reached. */
  readonly next: number;
}

/** A solver at work in the memory of SUNDIALS. Dispose it when done. */
export interface Solver extends Disposable {
  readonly size: number;
  /** Time reached. */
  readonly t: number;
  /** Pointer to the solver itself, for other parts of the glue. */
  readonly pointer: number;
  /** Pointer to the state reached, shape [n]. */
  readonly y: number;
  /** View of the state reached, valid until the memory grows. */
  state(): Float64Array;
  /** One internal step, never past `stop`. */
  step(stop: number): SolverStatus;
  /** Steps on to `stop`, or to a root, a change of a trigger or a failure before it; output times don't change steps. */
  integrate(stop: number, maxSteps: number, sampling?: Sampling, next?: number): Progress;
  /** What triggers are now: changes are looked for against it. */
  setTruth(truth: ArrayLike<number>): void;
  /** Solution (k = 0) or its k-th derivative at a time inside the last step; fills `out`, shape [n]. */
  interpolate(t: number, out: Float64Array, k?: number): boolean;
  /** +1 rising, -1 falling, 0 none, for each root function after `root-found`. */
  rootDirections(): Int32Array;
  /** Starts anew from y at t: what follows a discontinuity, or another run. */
  restart(t: number, y: ArrayLike<number>): void;
  setTolerances(rtol: number, atol: ArrayLike<number>): void;
  setLimits(initialStep: number, maxStep: number): void;
  /** All of the solver's memory: plain bytes, restored at the cost of a copy, by this solver alone. */
  snapshot(): Uint8Array;
  restore(snapshot: Uint8Array): void;
  statistics(): SolverStatistics;
  /** What CVODE said last. */
  message(): string;
}

const DOUBLE = 8;
/** Bytes of glue.c's `Setup` and `Journey`. */
const SETUP = 96;
const JOURNEY = 48;
const NO_SAMPLING: Sampling = { times: 0, count: 0, table: 0, row: 0, width: 0, observe: 0 };
const STATISTICS = 11;

/** @returns the solver, ready for its first step */
export function sundialsSolver(sundials: Sundials, setup: SolverSetup): Solver {
  const { exports } = sundials;
  const n = setup.y0.length;
  const rootCount = setup.roots?.count ?? 0;
  const triggerCount = setup.triggers?.count ?? 0;
  const triggerStates = setup.triggers?.states ?? [];
  const { method = "bdf" } = setup;
  const full = method === "radau" && setup.jacobian === undefined ? placePattern(sundials, fullPattern(n)) : undefined;
  const y = sundials.allocate(
    DOUBLE * (2 * n + STATISTICS + triggerCount) + JOURNEY + SETUP + 4 * (rootCount + triggerStates.length),
  );
  const second = y + DOUBLE * n;
  const tail = second + DOUBLE * n;
  const journey = tail + DOUBLE * STATISTICS;
  const setupAt = journey + JOURNEY;
  const truthAt = setupAt + SETUP;
  const rootsAt = truthAt + DOUBLE * triggerCount;
  const triggerStatesAt = rootsAt + 4 * rootCount;
  sundials.doubles(y, n).set(setup.y0);
  sundials.doubles(second, n).set(setup.atol);
  const pointers = [
    ...[
      y,
      second,
      setup.jacobian?.pattern ?? full?.pointer ?? 0,
      setup.rhs,
      setup.jacobian?.call ?? 0,
      setup.roots?.call ?? 0,
    ],
    ...[setup.triggers?.call ?? 0, setup.data ?? 0, n, rootCount, triggerCount, METHODS.indexOf(method)],
    ...[triggerStates.length, setup.moving ?? n, triggerStatesAt, setup.triggers?.margins ?? 0],
  ];
  sundials.doubles(setupAt, 4).set([setup.t0, setup.rtol, setup.initialStep ?? 0, setup.maxStep ?? 0]);
  sundials.integers(setupAt + 4 * DOUBLE, pointers.length).set(pointers);
  sundials.integers(triggerStatesAt, triggerStates.length).set(triggerStates);
  const solver = exports.create(setupAt);
  if (solver === 0) {
    exports.release(y);
    full?.[Symbol.dispose]();
    throw outOfMemory(`for a solver of ${n} variables`);
  }
  let t = setup.t0;
  const bytes = (pointer: number, length: number): Uint8Array => new Uint8Array(exports.memory.buffer, pointer, length);
  const state = (): Float64Array => sundials.doubles(y, n);
  return {
    size: n,
    get t() {
      return t;
    },
    pointer: solver,
    y,
    state,
    step(stop) {
      const flag = exports.step(solver, stop, tail, y);
      t = sundials.doubles(tail, STATISTICS)[0] ?? t;
      return STATUS.get(flag) ?? "failed";
    },
    integrate(stop, maxSteps, sampling = NO_SAMPLING, next = 0) {
      const time = sundials.doubles(journey, 1);
      time[0] = t;
      const { times, table, row, observe, count, width } = sampling;
      sundials.integers(journey + DOUBLE, 8).set([times, table, row, observe, count, next, width, maxSteps]);
      const flag = exports.integrate(solver, stop, journey, y);
      const after = sundials.integers(journey + DOUBLE, 8);
      t = sundials.doubles(journey, 1)[0] ?? t;
      return { status: STATUS.get(flag) ?? "failed", t, steps: maxSteps - (after[7] ?? 0), next: after[5] ?? 0 };
    },
    setTruth(truth) {
      sundials.doubles(truthAt, triggerCount).set(truth);
      exports.set_truth(solver, truthAt);
    },
    interpolate(at, out, k = 0) {
      const flag = exports.derivative(solver, at, k, second);
      out.set(sundials.doubles(second, n));
      return flag === 0;
    },
    rootDirections() {
      exports.root_directions(solver, rootsAt);
      return sundials.integers(rootsAt, rootCount).slice();
    },
    restart(at, values) {
      state().set(values);
      exports.restart(solver, at, y);
      t = at;
    },
    setTolerances(rtol, atol) {
      sundials.doubles(second, n).set(atol);
      exports.set_tolerances(solver, rtol, second);
    },
    setLimits(initialStep, maxStep) {
      exports.set_limits(solver, initialStep, maxStep);
    },
    snapshot() {
      const length = exports.snapshot_bytes(solver);
      const copy = new Uint8Array(length + DOUBLE * (n + 1));
      copy.set(bytes(solver, length));
      copy.set(bytes(y, DOUBLE * n), length);
      new DataView(copy.buffer).setFloat64(length + DOUBLE * n, t, true);
      return copy;
    },
    restore(snapshot) {
      const length = snapshot.length - DOUBLE * (n + 1);
      bytes(solver, length).set(snapshot.subarray(0, length));
      bytes(y, DOUBLE * n).set(snapshot.subarray(length, length + DOUBLE * n));
      t = new DataView(snapshot.buffer, snapshot.byteOffset).getFloat64(length + DOUBLE * n, true);
    },
    statistics() {
      exports.statistics(solver, tail);
      const s = sundials.doubles(tail, STATISTICS);
      const at = (i: number): number => s[i] ?? 0;
      return {
        steps: at(0),
        rhsCalls: at(1),
        jacobians: at(2),
        newtonIterations: at(3),
        errorTestFailures: at(4),
        convergenceFailures: at(5),
        lastStep: at(6),
        nextStep: at(7),
        factorisations: at(8),
        order: at(9),
        culprit: at(10),
      };
    },
    message() {
      const memory = new Uint8Array(exports.memory.buffer);
      const start = exports.message(solver);
      const end = memory.indexOf(0, start);
      return new TextDecoder().decode(memory.slice(start, end));
    },
    [Symbol.dispose]() {
      exports.dispose(solver);
      exports.release(y);
      full?.[Symbol.dispose]();
    },
  };
}
