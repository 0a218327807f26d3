import type { Integrator, OdeEnd } from "./ode.ts";

/** Steps that the explicit method may take before it is asked whether the problem is stiff. */
const PATIENCE = 400;

/**
 * Starts explicitly and goes on implicitly from where the problem proves to be stiff; a problem found stiff stays so
 * for the calls that pass the verdict on. Where the implicit method gives up, the explicit one has the last word.
 */
export function automatic(explicit: Integrator, implicit: Integrator): Integrator {
  return (problem, t0, y0, t1, options, onStep) => {
    const y = Float64Array.from(y0);
    let [t, steps] = [t0, 0];
    const attempt = (method: Integrator, maxSteps: number): OdeEnd => {
      const end = method(problem, t, y, t1, { ...options, maxSteps: Math.max(1, maxSteps) }, (step) => {
        for (let i = 0; i < y.length; i++) y[i] = step.y1[i] ?? 0;
        t = step.t1;
        steps++;
        return onStep(step);
      });
      return { ...end, steps };
    };
    let end: OdeEnd | undefined;
    if (options.stiff !== true) end = tryExplicitly((allowed) => attempt(explicit, allowed), options.maxSteps);
    if (end !== undefined && !("component" in end)) return end;
    end = attempt(implicit, options.maxSteps - steps);
    return "component" in end && steps < options.maxSteps ? attempt(explicit, options.maxSteps - steps) : end;
  };
}

/** In instalments, so that a stiff problem is recognised before all steps are spent. */
function tryExplicitly(attempt: (allowed: number) => OdeEnd, maxSteps: number): OdeEnd {
  let end = attempt(Math.min(PATIENCE, maxSteps));
  for (let allowed = PATIENCE; end.code === "too-many-steps" && end.steps < maxSteps; allowed *= 2) {
    end = attempt(Math.min(2 * allowed, maxSteps - end.steps));
  }
  return end;
}

/** Integrates by the first method, and from where that fails by the second. */
export function rescued(first: Integrator, second: Integrator): Integrator {
  return (problem, t0, y0, t1, options, onStep) => {
    let t = t0;
    const y = Float64Array.from(y0);
    const end = first(problem, t0, y0, t1, options, (step) => {
      for (let i = 0; i < y.length; i++) y[i] = step.y1[i] ?? 0;
      t = step.t1;
      return onStep(step);
    });
    return "component" in end ? second(problem, t, y, t1, options, onStep) : end;
  };
}
