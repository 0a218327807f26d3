import { cvode } from "../sundials/cvode.ts";
import type { Solver, SolverStatus } from "../sundials/solver-types.ts";
import type { Sundials } from "../sundials/sundials.ts";
import type { Integrator, OdeEnd, OnStep } from "./ode.ts";

/**
 * An implicit method for stiff problems with a right-hand side in JavaScript: CVODES' BDF of variable order, or Radau.
 * @see Hindmarsh et al. 2005, doi:10.1145/1089014.1089020; Hairer, Wanner 1999, doi:10.1016/S0377-0427(99)00134-X
 */
export function implicitIntegrator(sundials: Sundials, method: "bdf" | "radau"): Integrator {
  return (problem, t0, y0, t1, options, onStep) => {
    const n = Math.max(1, problem.size);
    const start = new Float64Array(n);
    for (let i = 0; i < problem.size; i++) start[i] = y0[i] ?? 0;
    const guard = { component: 0 };
    using solver = cvode(sundials, {
      method,
      t0,
      y0: start,
      rtol: options.rtol,
      atol: Float64Array.from({ length: n }, (_, i) => options.atol[i] ?? 1),
      maxStep: options.maxStep,
      rhs: (t, y, dy) => {
        if (problem.size === 0) dy[0] = 0;
        else problem.rhs(t, y, dy);
        const bad = dy.findIndex((v) => !Number.isFinite(v));
        if (bad >= 0) guard.component = bad;
        return bad < 0;
      },
    });
    return { ...stepThrough(solver, t1, options.maxSteps, onStep, () => guard.component), stiff: true };
  };
}

/** What `stepThrough` needs of a solver. */
type SteppingSolver = Pick<Solver, "size" | "t" | "state" | "step" | "interpolate" | "statistics">;

/**
 * Steps a solver from where it is to t1, every step handed over.
 * @param culprit the component whose rate was last found not finite
 */
export function stepThrough(
  solver: SteppingSolver,
  t1: number,
  maxSteps: number,
  onStep: OnStep,
  culprit: () => number,
): OdeEnd {
  const n = solver.size;
  const y1 = new Float64Array(n);
  const point = new Float64Array(n);
  let pointTime = Number.NaN;
  const at = (component: number, t: number): number => {
    if (t !== pointTime) {
      solver.interpolate(t, point);
      pointTime = t;
    }
    return point[component] ?? 0;
  };
  const end = (code: "done" | "stopped", steps: number): OdeEnd => {
    const { nextStep, lastStep } = solver.statistics();
    return { code, t: solver.t, steps, step: nextStep || lastStep };
  };
  for (let steps = 1; steps <= maxSteps; steps++) {
    const t0 = solver.t;
    const status = solver.step(t1);
    if (FAILED.has(status)) {
      const finite = !NOT_FINITE.has(status);
      return { code: finite ? "too-many-steps" : "not-finite", t: solver.t, component: culprit(), steps };
    }
    pointTime = Number.NaN;
    y1.set(solver.state());
    const reached = solver.t >= t1;
    if (!onStep({ t0, t1: solver.t, y1, at })) return end("stopped", steps);
    if (reached) return end("done", steps);
  }
  return { code: "too-many-steps", t: solver.t, component: culprit(), steps: maxSteps };
}

const NOT_FINITE: ReadonlySet<SolverStatus> = new Set<SolverStatus>(["rhs-failed", "failed"]);
const FAILED: ReadonlySet<SolverStatus> = new Set<SolverStatus>([
  ...NOT_FINITE,
  "too-much-accuracy",
  "error-test-failures",
  "convergence-failures",
  "linear-solver-failed",
]);
