import type { Integrator } from "../../numerics/ode/ode.ts";
import { automatic } from "../../numerics/ode/ode-automatic.ts";
import { extrapolation } from "../../numerics/ode/ode-extrapolation.ts";
import { implicitIntegrator } from "../../numerics/ode/ode-implicit.ts";
import { sharedSundials } from "../../numerics/sundials/shared.ts";

/**
 * `radau`: implicit, order 9 (Radau IIA), for stiff models and others. `cvodes`: implicit, variable order (BDF).
 * `odex`: explicit extrapolation, for models that are not stiff.
 *
 * `auto`: Radau wherever all of the model can be compiled to WebAssembly (measurements in
 * `numerics/sundials/README.md`), and where Radau gives up, CVODES. Where something calls back (delays, algebraic rules
 * and fast reactions; in a cell, rates that other modules add, and clamps) odex until the model proves to be stiff, and
 * CVODES then. A model proves to be stiff by spending hundreds of steps on a stretch (see `automatic`). The choice
 * depends on the model and on what is seen while it runs, never on output times.
 */
export type SolverName = "auto" | "odex" | "cvodes" | "radau";

const implicit =
  (method: "bdf" | "radau"): Integrator =>
  (...args) =>
    implicitIntegrator(sharedSundials(), method)(...args);

const INTEGRATORS: Readonly<Record<SolverName, Integrator>> = {
  auto: automatic(extrapolation, implicit("bdf")),
  odex: extrapolation,
  cvodes: implicit("bdf"),
  radau: implicit("radau"),
};

/** The integrator behind a name, for models that are stepped from outside WebAssembly. */
export function integratorOf(solver: SolverName): Integrator {
  return INTEGRATORS[solver];
}
