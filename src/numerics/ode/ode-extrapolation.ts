import { Outcome, Solver } from "odex";
import type { Integrator, OdeEnd, OdeOptions, OdeProblem, OdeStep, OnStep } from "./ode.ts";
import { dominantRate } from "./ode-stiffness.ts";

/** What ends a run inside odex, which has no other way out: a trial point that is not finite, or too many evaluations. */
class Interruption extends Error {
  readonly reason: "not-finite" | "too-many-steps";
  readonly component: number;
  constructor(reason: "not-finite" | "too-many-steps", component: number) {
    super(reason);
    this.reason = reason;
    this.component = component;
  }
}

/** Evaluations that one step may take before it counts as endless. */
const EVALUATIONS_PER_STEP = 150;
/** Steps taken under a cap before the cap is raised again. */
const STEPS_UNDER_CAP = 5;

/**
 * Explicit extrapolation (GBS) by odex, for problems that are not stiff.
 *
 * A trial point where the right-hand side is not finite shortens the step and only ends the integration when no step
 * is short enough. Too many steps count as stiff where the fastest rate of the problem forced them.
 * @see Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, section II.9
 */
export const extrapolation: Integrator = (problem, t0, y0, t1, options, onStep) => {
  const run = new ExtrapolationRun(problem, t0, y0, options, onStep);
  return run.to(t1);
};

class ExtrapolationRun {
  private t: number;
  private y: number[];
  private step: number;
  private cap: number;
  private steps = 0;
  private stopped = false;
  private evaluations = 0;
  private underCap = 0;
  private dense: ((component: number, t: number) => number) | undefined;
  private readonly dy: Float64Array;
  private readonly piece: { t0: number; t1: number; y1: ArrayLike<number>; at(component: number, t: number): number };
  private readonly problem: OdeProblem;
  private readonly options: OdeOptions;
  private readonly onStep: OnStep;

  constructor(problem: OdeProblem, t0: number, y0: ArrayLike<number>, options: OdeOptions, onStep: OnStep) {
    this.problem = problem;
    this.options = options;
    this.onStep = onStep;
    this.t = t0;
    this.y = problem.size === 0 ? [0] : Array.from(y0);
    this.step = options.firstStep;
    this.cap = options.maxStep;
    this.dy = new Float64Array(this.y.length);
    this.piece = { t0, t1: t0, y1: this.y, at: (component, t) => this.dense?.(component, t) ?? Number.NaN };
  }

  to(t1: number): OdeEnd {
    const limit = this.options.maxSteps * EVALUATIONS_PER_STEP;
    while (!this.stopped) {
      try {
        const outcome = this.solve(t1, limit);
        if (outcome === Outcome.MaxStepsExceeded) return this.exhausted();
        if (outcome === Outcome.Converged) {
          return { code: this.stopped ? "stopped" : "done", t: t1, steps: this.steps, step: this.step };
        }
      } catch (error) {
        if (!(error instanceof Interruption)) throw error;
        if (error.reason === "too-many-steps") return this.exhausted();
        this.cap = Math.min(this.cap, this.step, t1 - this.t) / 10;
        this.step = this.cap;
        this.underCap = 0;
        const smallest = 1e-14 * Math.max(Math.abs(this.t), t1 - this.t);
        if (!(this.cap > smallest)) {
          return { code: "not-finite", t: this.t, component: error.component, steps: this.steps };
        }
      }
    }
    return { code: "stopped", t: this.t, steps: this.steps, step: this.step };
  }

  /** One call of odex from the last accepted point. */
  private solve(t1: number, limit: number): Outcome {
    const { options, dy } = this;
    const solver = new Solver(this.y.length);
    solver.denseOutput = true;
    solver.relativeTolerance = options.rtol;
    solver.absoluteTolerance = this.problem.size === 0 ? 1 : Array.from(options.atol);
    solver.maxSteps = Math.max(1, options.maxSteps - this.steps);
    solver.initialStepSize = this.step;
    solver.maxStepSize = Math.min(this.cap, options.maxStep);
    const derivative = (t: number, y: number[]): Float64Array => {
      if (++this.evaluations > limit) throw new Interruption("too-many-steps", 0);
      if (this.problem.size > 0) this.problem.rhs(t, y, dy);
      let sum = 0;
      for (let i = 0; i < dy.length; i++) sum += (dy[i] ?? 0) * 0;
      if (sum !== 0)
        throw new Interruption(
          "not-finite",
          dy.findIndex((v) => !Number.isFinite(v)),
        );
      return dy;
    };
    return solver.solve(derivative, this.t, this.y, t1, (nr, tOld, t, y, dense) =>
      nr === 1 ? undefined : this.accept(tOld, t, y, t1, dense),
    ).outcome;
  }

  private accept(tOld: number, t: number, y: number[], t1: number, dense: OdeStep["at"] | undefined): boolean {
    this.dense = dense;
    this.piece.t0 = tOld;
    this.piece.t1 = t;
    this.piece.y1 = y;
    this.t = t;
    this.y = y;
    this.steps++;
    if (t < t1 || this.steps === 1) this.step = t - tOld;
    if (!this.onStep(this.piece)) {
      this.stopped = true;
      return false;
    }
    if (this.cap >= this.options.maxStep || ++this.underCap < STEPS_UNDER_CAP) return true;
    this.cap = Math.min(this.options.maxStep, this.cap * 8);
    this.underCap = 0;
    return t >= t1;
  }

  private exhausted(): OdeEnd {
    const { rate, component } = dominantRate(this.problem, this.t, this.y);
    const code = rate * this.step > 1 ? "too-stiff" : "too-many-steps";
    return { code, t: this.t, component, steps: this.steps };
  }
}
