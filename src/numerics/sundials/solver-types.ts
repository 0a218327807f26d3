/**
 * `bdf`: CVODE's variable order, for stiff problems. `adams`: CVODE's Adams-Moulton, iterated to a fixed point, for
 * problems that aren't stiff. `radau`: Radau IIA of order 9, for stiff problems that swing hardly damped; finds no roots.
 */
export type SolverMethod = "bdf" | "adams" | "radau";

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
