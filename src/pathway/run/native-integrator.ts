import type { Integrator } from "../../numerics/ode/ode.ts";
import { stepThrough } from "../../numerics/ode/ode-implicit.ts";
import { sundialsSolver } from "../../numerics/sundials/solver.ts";
import type { Solver } from "../../numerics/sundials/solver-types.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { solverCode } from "../code/solver-code.ts";

/**
 * An integrator for one model alone: rates and Jacobian are the model's own WebAssembly, and the solver is kept from
 * call to call. Each call starts anew from what it is given, so that the same call gives the same numbers.
 *
 * Inputs follow the course over the window that lies in memory (`drives.ts`); nothing else may act on the states.
 */
export function nativeIntegrator(pathway: CompiledPathway, method: "bdf" | "radau"): Integrator {
  const { memory } = pathway;
  const { functions, prepare } = solverCode(pathway);
  const { triggers: _, ...rates } = functions;
  let solver: Solver | undefined;
  return (_problem, t0, y, t1, { rtol, atol, maxSteps, maxStep, firstStep }, onStep) => {
    prepare();
    solver ??= memory.keep(sundialsSolver(memory.sundials, { ...rates, t0, y0: y, rtol, atol, method }));
    solver.restart(t0, y);
    solver.setTolerances(rtol, atol);
    solver.setLimits(firstStep, Number.isFinite(maxStep) ? maxStep : 0);
    const { statistics } = solver;
    return stepThrough(solver, t1, maxSteps, onStep, () => statistics().culprit);
  };
}
