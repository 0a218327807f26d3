import type { Sundials } from "./sundials.ts";

/** A right-hand side, a Jacobian or root functions: fills `out`; false asks for a smaller step. */
export type OdeFunction = (t: number, y: Float64Array, out: Float64Array) => boolean | undefined;

/** An initial value problem y' = f(t, y). */
export interface CvodeProblem {
  readonly t0: number;
  /** Shape [n]. */
  readonly y0: Float64Array;
  readonly rtol: number;
  /** Shape [n]. */
  readonly atol: Float64Array;
  readonly rhs: OdeFunction;
  /** d f_i / d y_j into out[i + n j], which comes zeroed; difference quotients where absent. */
  readonly jacobian?: OdeFunction;
  /** Functions whose changes of sign are located; shape [count]. */
  readonly roots?: { readonly count: number; readonly functions: OdeFunction };
  /** First step; chosen by CVODE where 0 or absent. */
  readonly initialStep?: number;
  /** Longest step; unlimited where 0 or absent. */
  readonly maxStep?: number;
}

/** CVODE's outcome of a step, by its own meaning (CVODES 6.4.1, section 5.1.5.7 and appendix). */
export type CvodeStatus =
  | "stepped"
  | "stop-reached"
  | "root-found"
  | "too-much-accuracy"
  | "error-test-failures"
  | "convergence-failures"
  | "linear-solver-failed"
  | "rhs-failed"
  | "root-function-failed"
  | "failed";

const STATUS = new Map<number, CvodeStatus>([
  [0, "stepped"],
  [1, "stop-reached"],
  [2, "root-found"],
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

export interface CvodeStatistics {
  readonly steps: number;
  readonly rhsCalls: number;
  readonly jacobians: number;
  readonly newtonIterations: number;
  readonly errorTestFailures: number;
  readonly convergenceFailures: number;
  readonly lastStep: number;
  readonly nextStep: number;
}

/** A stiff solver at work: variable-order BDF with dense Newton iteration (CVODES). Dispose it when done. */
export interface Cvode extends Disposable {
  /** Time reached. */
  readonly t: number;
  /** One internal step, never past `stop`. */
  step(stop: number): CvodeStatus;
  /** Solution at the time reached; fills `out`, shape [n]. */
  current(out: Float64Array): void;
  /** Solution (k = 0) or its k-th derivative at a time inside the last step; fills `out`, shape [n]. */
  interpolate(t: number, out: Float64Array, k?: number): boolean;
  /** +1 rising, -1 falling, 0 none, for each root function after `root-found`. */
  rootDirections(): Int32Array;
  /** Starts anew from y at t: what follows a discontinuity. */
  restart(t: number, y: Float64Array): void;
  /** All of the solver's memory: plain bytes, restored at the cost of a copy, by this solver alone. */
  snapshot(): Uint8Array;
  restore(snapshot: Uint8Array): void;
  statistics(): CvodeStatistics;
  /** What CVODE said last. */
  message(): string;
}

const DOUBLE = 8;
const SCRATCH_TAIL = 16;

/** Bytes that hold a solver of n variables: 3 dense matrices and some 40 vectors, with room to spare. */
function arenaBytes(n: number, roots: number): number {
  return 24_576 + DOUBLE * (3 * n * n + 64 * n + 16 * roots) + 512 * 40;
}

/** @returns the solver, ready for its first step */
export function cvode(sundials: Sundials, problem: CvodeProblem): Cvode {
  const { exports } = sundials;
  const n = problem.y0.length;
  const rootCount = problem.roots?.count ?? 0;
  const added: number[] = [];
  const add = (f: OdeFunction, length: number): number => {
    const index = sundials.addFunction((t, y, out) =>
      f(t, sundials.doubles(y, n), sundials.doubles(out, length)) === false ? 1 : 0,
    );
    added.push(index);
    return index;
  };

  const scratch = sundials.allocate(DOUBLE * (2 * n + SCRATCH_TAIL) + 4 * rootCount);
  const second = scratch + DOUBLE * n;
  const tail = second + DOUBLE * n;
  const rootsAt = tail + DOUBLE * SCRATCH_TAIL;
  sundials.doubles(scratch, n).set(problem.y0);
  sundials.doubles(second, n).set(problem.atol);

  const rhs = add(problem.rhs, n);
  const jacobian = problem.jacobian ? add(problem.jacobian, n * n) : 0;
  const roots = problem.roots ? add(problem.roots.functions, rootCount) : 0;
  const release = (): void => {
    for (const index of added) sundials.removeFunction(index);
    exports.release(scratch);
  };

  const capacity = arenaBytes(n, rootCount);
  const { t0, rtol } = problem;
  const solver = exports.create(capacity, n, t0, scratch, rtol, second, rhs, jacobian, rootCount, roots, 0);
  if (solver === 0) {
    release();
    throw new RangeError(`CVODE could not be set up for ${n} variables in ${capacity} bytes`);
  }
  exports.set_limits(solver, problem.initialStep ?? 0, problem.maxStep ?? 0);

  let t = t0;
  const bytes = (pointer: number, length: number): Uint8Array => new Uint8Array(exports.memory.buffer, pointer, length);
  return {
    get t() {
      return t;
    },
    step(stop) {
      const flag = exports.step(solver, stop, tail, scratch);
      t = sundials.doubles(tail, 1)[0] ?? t;
      return STATUS.get(flag) ?? "failed";
    },
    current(out) {
      out.set(sundials.doubles(scratch, n));
    },
    interpolate(at, out, k = 0) {
      const flag = exports.derivative(solver, at, k, second);
      out.set(sundials.doubles(second, n));
      return flag === 0;
    },
    rootDirections() {
      exports.root_directions(solver, rootsAt);
      return new Int32Array(exports.memory.buffer, rootsAt, rootCount).slice();
    },
    restart(at, y) {
      sundials.doubles(scratch, n).set(y);
      exports.restart(solver, at, scratch);
      t = at;
    },
    snapshot() {
      const length = exports.snapshot_bytes(solver);
      const copy = new Uint8Array(length + DOUBLE * (n + 1));
      copy.set(bytes(solver, length));
      copy.set(bytes(scratch, DOUBLE * n), length);
      new DataView(copy.buffer).setFloat64(length + DOUBLE * n, t, true);
      return copy;
    },
    restore(snapshot) {
      const length = snapshot.length - DOUBLE * (n + 1);
      bytes(solver, length).set(snapshot.subarray(0, length));
      bytes(scratch, DOUBLE * n).set(snapshot.subarray(length, length + DOUBLE * n));
      t = new DataView(snapshot.buffer, snapshot.byteOffset).getFloat64(length + DOUBLE * n, true);
    },
    statistics() {
      exports.statistics(solver, tail);
      const [steps, rhsCalls, jacobians, newtonIterations, errorTestFailures, convergenceFailures, lastStep, nextStep] =
        sundials.doubles(tail, 8) as unknown as [number, number, number, number, number, number, number, number];
      return {
        steps,
        rhsCalls,
        jacobians,
        newtonIterations,
        errorTestFailures,
        convergenceFailures,
        lastStep,
        nextStep,
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
      release();
    },
  };
}
