/** dy/dt = f(t, y): fills `dy`, shape [size]. Allocates nothing. */
export interface OdeProblem {
  readonly size: number;
  rhs(t: number, y: ArrayLike<number>, dy: Float64Array): void;
}

export interface OdeOptions {
  readonly rtol: number;
  /** Absolute tolerance of each component, shape [size]. */
  readonly atol: ArrayLike<number>;
  /** Steps before the integration gives up. */
  readonly maxSteps: number;
  /** Longest step. */
  readonly maxStep: number;
  /** First step to try. */
  readonly firstStep: number;
  /** Whether the problem was found to be stiff before; an integrator for both kinds then starts implicitly. */
  readonly stiff?: boolean;
}

/** One accepted step with its dense output; valid during the call that hands it over. */
export interface OdeStep {
  readonly t0: number;
  readonly t1: number;
  /** Solution at t1, shape [size]. */
  readonly y1: ArrayLike<number>;
  /** One component anywhere in [t0, t1]. */
  at(component: number, t: number): number;
}

/** Takes each accepted step; `false` ends the integration there. */
export type OnStep = (step: OdeStep) => boolean;

/** How an integration ended. `step` is the step size to go on with; failures name time and component. */
export type OdeEnd =
  | {
      readonly code: "done" | "stopped";
      readonly t: number;
      readonly steps: number;
      readonly step: number;
      /** Whether the problem was found to be stiff. */
      readonly stiff?: boolean;
    }
  | {
      readonly code: "too-many-steps" | "too-stiff" | "not-finite";
      readonly t: number;
      /** Index of the component that stood in the way. */
      readonly component: number;
      readonly steps: number;
    };

/** An integrator: from y at t0 to t1 > t0, every accepted step handed over in order. */
export type Integrator = (
  problem: OdeProblem,
  t0: number,
  y: ArrayLike<number>,
  t1: number,
  options: OdeOptions,
  onStep: OnStep,
) => OdeEnd;
