import type { Integrator } from "../numerics/ode.ts";
import { automatic } from "../numerics/ode-automatic.ts";
import { bdf } from "../numerics/ode-bdf.ts";
import { extrapolation } from "../numerics/ode-extrapolation.ts";
import { loadSundials } from "../numerics/sundials/load-node.ts";

/** Explicit extrapolation, and BDF from where a model proves to be stiff; SUNDIALS is loaded only then. */
export function defaultIntegrator(): Integrator {
  return automatic(extrapolation, implicitIntegrator());
}

/** BDF alone. */
export function implicitIntegrator(): Integrator {
  return (...args) => bdf(loadSundials())(...args);
}
