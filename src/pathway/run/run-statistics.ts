import type { Solver, SolverStatistics } from "../../numerics/sundials/solver-types.ts";
import type { SolverName } from "./solvers.ts";

const COUNTED = [
  "steps",
  "rhsCalls",
  "jacobians",
  "newtonIterations",
  "errorTestFailures",
  "convergenceFailures",
  "factorisations",
] as const;

/** What a run took, summed over its stretches between events. */
export interface RunStatistics extends Pick<SolverStatistics, (typeof COUNTED)[number]> {
  readonly solver: SolverName;
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
  for (const name of COUNTED) total[name] += s[name];
}
