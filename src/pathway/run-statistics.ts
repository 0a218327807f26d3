import type { Solver } from "../numerics/sundials/solver.ts";
import type { SolverName } from "./solvers.ts";

/** What a run took, summed over its stretches between events. */
export interface RunStatistics {
  readonly solver: SolverName;
  readonly steps: number;
  readonly rhsCalls: number;
  readonly jacobians: number;
  readonly newtonIterations: number;
  readonly errorTestFailures: number;
  readonly convergenceFailures: number;
  readonly factorisations: number;
}

export type Counts = { -readonly [K in keyof RunStatistics]: RunStatistics[K] };

export function noStatistics(solver: SolverName): Counts {
  return {
    solver,
    steps: 0,
    rhsCalls: 0,
    jacobians: 0,
    newtonIterations: 0,
    errorTestFailures: 0,
    convergenceFailures: 0,
    factorisations: 0,
  };
}

/** Adds what a solver did since it was started or started anew. */
export function addStatistics(total: Counts, solver: Solver): void {
  const s = solver.statistics();
  total.steps += s.steps;
  total.rhsCalls += s.rhsCalls;
  total.jacobians += s.jacobians;
  total.newtonIterations += s.newtonIterations;
  total.errorTestFailures += s.errorTestFailures;
  total.convergenceFailures += s.convergenceFailures;
  total.factorisations += s.factorisations;
}
