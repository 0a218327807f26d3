import type { Integrator } from "./ode.ts";

/** Steps that the explicit method may take before it is asked whether the problem is stiff. */
const PATIENCE = 400;

/**
 * Starts explicitly and goes on implicitly from where the problem proves to be stiff; a problem found stiff stays so
 * for the calls that pass the verdict on.
 */
export function automatic(explicit: Integrator, implicit: Integrator): Integrator {
  return (problem, t0, y0, t1, options, onStep) => {
    if (options.stiff === true) return implicit(problem, t0, y0, t1, options, onStep);
    const y = Float64Array.from(y0);
    const first = Math.min(PATIENCE, options.maxSteps);
    let [t, steps, allowed] = [t0, 0, first];
    for (;;) {
      let own = 0;
      const end = explicit(problem, t, y, t1, { ...options, maxSteps: allowed }, (step) => {
        for (let i = 0; i < y.length; i++) y[i] = step.y1[i] ?? 0;
        t = step.t1;
        own++;
        return onStep(step);
      });
      steps += own;
      if (!("component" in end)) return { ...end, steps };
      if (end.code !== "too-many-steps" || steps + own >= options.maxSteps) {
        return implicit(problem, t, y, t1, { ...options, maxSteps: Math.max(1, options.maxSteps - steps) }, onStep);
      }
      allowed = Math.min(2 * allowed, options.maxSteps - steps);
    }
  };
}
