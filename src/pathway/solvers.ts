import type { Integrator } from "../numerics/ode.ts";
import { automatic } from "../numerics/ode-automatic.ts";
import { bdf } from "../numerics/ode-bdf.ts";
import { extrapolation } from "../numerics/ode-extrapolation.ts";
import { sharedSundials } from "../numerics/sundials/shared.ts";

/**
 * `cvodes`: implicit, variable order (BDF), for stiff models and others. `odex`: explicit extrapolation, for models
 * that are not stiff.
 *
 * `auto`, by itself: CVODES wherever all of the model can be compiled to WebAssembly; where delays, algebraic rules or
 * fast reactions call back, odex until the model proves to be stiff. `auto`, in a cell, where integration starts anew
 * in every window: odex, which starts at high order, and CVODES from the window on in which the model proves to be
 * stiff. A model proves to be stiff by spending hundreds of steps on a stretch (see `automatic`). The choice depends
 * on the model and on what is seen while it runs, never on output times.
 */
export type SolverName = "auto" | "odex" | "cvodes";

const implicit: Integrator = (...args) => bdf(sharedSundials())(...args);

const INTEGRATORS: Readonly<Record<SolverName, Integrator>> = {
  auto: automatic(extrapolation, implicit),
  odex: extrapolation,
  cvodes: implicit,
};

/** The integrator behind a name, for models that are stepped from outside WebAssembly. */
export function integratorOf(solver: SolverName): Integrator {
  return INTEGRATORS[solver];
}
