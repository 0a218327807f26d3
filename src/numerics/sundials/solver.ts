import { DOUBLE, placeSetup, STATISTICS } from "./solver-setup.ts";
import type { Sampling, Solver, SolverSetup, SolverStatistics, SolverStatus } from "./solver-types.ts";
import { outOfMemory, type Sundials } from "./sundials.ts";

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

const NO_SAMPLING: Sampling = { times: 0, count: 0, table: 0, row: 0, width: 0, observe: 0 };

/** @returns the solver, ready for its first step */
export function sundialsSolver(sundials: Sundials, setup: SolverSetup): Solver {
  const { exports } = sundials;
  const n = setup.y0.length;
  const rootCount = setup.roots?.count ?? 0;
  const triggerCount = setup.triggers?.count ?? 0;
  const room = placeSetup(sundials, setup);
  const { y, second, tail, journey } = room;
  const solver = exports.create(room.setup);
  if (solver === 0) {
    room[Symbol.dispose]();
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
      sundials.doubles(room.truth, triggerCount).set(truth);
      exports.set_truth(solver, room.truth);
    },
    interpolate(at, out, k = 0) {
      const flag = exports.derivative(solver, at, k, second);
      out.set(sundials.doubles(second, n));
      return flag === 0;
    },
    rootDirections() {
      exports.root_directions(solver, room.roots);
      return sundials.integers(room.roots, rootCount).slice();
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
      return statisticsIn(sundials.doubles(tail, STATISTICS));
    },
    message() {
      const memory = new Uint8Array(exports.memory.buffer);
      const start = exports.message(solver);
      const end = memory.indexOf(0, start);
      return new TextDecoder().decode(memory.slice(start, end));
    },
    [Symbol.dispose]() {
      exports.dispose(solver);
      room[Symbol.dispose]();
    },
  };
}

/** In the order of glue-integrate.c. */
function statisticsIn(s: Float64Array): SolverStatistics {
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
}
