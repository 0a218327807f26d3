import { fullPattern, placePattern } from "./pattern.ts";
import type { SolverMethod, SolverSetup } from "./solver-types.ts";
import type { Sundials } from "./sundials.ts";

/** In the order of glue.c. */
const METHODS: readonly SolverMethod[] = ["bdf", "adams", "radau"];

export const DOUBLE = 8;
/** Numbers that `statistics` fills. */
export const STATISTICS = 11;
/** Bytes of glue.c's `Setup` and `Journey`. */
const SETUP = 96;
const JOURNEY = 48;

/** Pointers to what a solver and its caller share. */
export interface SolverRoom extends Disposable {
  /** Shape [n]: the state reached. */
  readonly y: number;
  /** Shape [n]. */
  readonly second: number;
  /** Shape [STATISTICS]. */
  readonly tail: number;
  readonly journey: number;
  readonly setup: number;
  readonly truth: number;
  /** Shape [roots], 32 bits each. */
  readonly roots: number;
}

/** Puts what glue.c makes a solver from into memory. */
export function placeSetup(sundials: Sundials, setup: SolverSetup): SolverRoom {
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
  const truth = setupAt + SETUP;
  const roots = truth + DOUBLE * triggerCount;
  const states = roots + 4 * rootCount;
  sundials.doubles(y, n).set(setup.y0);
  sundials.doubles(second, n).set(setup.atol);
  const pattern = setup.jacobian?.pattern ?? full?.pointer ?? 0;
  const pointers = [
    ...[y, second, pattern, setup.rhs, setup.jacobian?.call ?? 0, setup.roots?.call ?? 0],
    ...[setup.triggers?.call ?? 0, setup.data ?? 0, n, rootCount, triggerCount, METHODS.indexOf(method)],
    ...[triggerStates.length, setup.moving ?? n, states, setup.triggers?.margins ?? 0],
  ];
  sundials.doubles(setupAt, 4).set([setup.t0, setup.rtol, setup.initialStep ?? 0, setup.maxStep ?? 0]);
  sundials.integers(setupAt + 4 * DOUBLE, pointers.length).set(pointers);
  sundials.integers(states, triggerStates.length).set(triggerStates);
  return {
    ...{ y, second, tail, journey, setup: setupAt, truth, roots },
    [Symbol.dispose]() {
      sundials.exports.release(y);
      full?.[Symbol.dispose]();
    },
  };
}
