/** What the controller of the macro-step remembers; plain data. */
export interface ControllerState {
  /** The step it proposes, hours. */
  proposal: number;
  /** Error of the last accepted step, in units of the tolerance. */
  lastError: number;
  /** Whether the last attempt was rejected: the step may not grow at once. */
  rejected: boolean;
  readonly coupling: Coupling;
}

/** Memory of kinks that follow each other more quickly than steps; plain data. */
export interface Flicker {
  /** Kinks met lately that cut a step to less than a tenth. */
  count: number;
  /** Steps for which kinks are left to the error control. */
  pause: number;
}

/** How fast corrections converge, as last measured: each changes states by `factor` times the change before. */
export interface Coupling {
  factor: number;
  /** The step at which it was measured, hours; 0 before the first time. */
  step: number;
  /** Steps accepted since. */
  age: number;
}

/** Accepted steps for which a measured factor is trusted, and growth of the step over which it is. */
const TRUSTED_STEPS = 10;
const TRUSTED_GROWTH = 1.5;

/** The factor for a step of another length: in proportion; undefined where it has to be measured again. */
export function couplingFor({ factor, step, age }: Coupling, ahead: number): number | undefined {
  if (age >= TRUSTED_STEPS || ahead > TRUSTED_GROWTH * step) return undefined;
  return (factor * ahead) / step;
}

const SAFETY = 0.9;
const LARGEST = 5;
const SMALLEST = 0.1;
const FLOOR = 1e-4;
/** Weight of the error before; the present one gets the rest. */
const BETA = 0.04;

/**
 * Proportional-integral control after an accepted step.
 * @param error weighted error of the step, at most 1
 * @param order the error falls like step^order
 * @see Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, II.4 and II.10
 */
export function accepted(state: ControllerState, step: number, error: number, order: number): void {
  const e = Math.max(error, FLOOR);
  const grow = SAFETY * e ** (0.75 * BETA - 1 / order) * state.lastError ** BETA;
  const factor = Math.min(state.rejected ? 1 : LARGEST, Math.max(SMALLEST, grow));
  const next = step * factor;
  // A step cut short by an edge says little about the step the dynamics would bear.
  state.proposal = step < 0.99 * state.proposal ? Math.max(next, state.proposal) : next;
  state.lastError = e;
  state.rejected = false;
  state.coupling.age++;
}

/** A shorter step after the error came out too large. */
export function tooLarge(state: ControllerState, step: number, error: number, order: number): void {
  shorten(state, step, Math.min(0.8, Math.max(SMALLEST, SAFETY * error ** (-1 / order))));
}

/** A shorter step after a module failed, modules did not settle, or a pool would have gone negative. */
export function retreat(state: ControllerState, step: number): void {
  shorten(state, step, 1 / 3);
}

function shorten(state: ControllerState, step: number, factor: number): void {
  state.proposal = step * factor;
  state.rejected = true;
}
