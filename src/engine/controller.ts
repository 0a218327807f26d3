/** What the controller of the macro-step remembers; plain data. */
export interface ControllerState {
  /** The step it proposes, hours. */
  proposal: number;
  /** Error of the last accepted step, in units of the tolerance. */
  lastError: number;
  /** Whether the last attempt was rejected: the step may not grow at once. */
  rejected: boolean;
}

const SAFETY = 0.9;
const LARGEST = 5;
const SMALLEST = 0.1;
const FLOOR = 1e-4;

/**
 * Proportional-integral control after an accepted step.
 * @param error weighted error of the step, at most 1
 * @param order the error falls like step^order
 * @see Hairer, Wanner: Solving Ordinary Differential Equations II, IV.2
 */
export function accepted(state: ControllerState, step: number, error: number, order: number): void {
  const e = Math.max(error, FLOOR);
  const grow = SAFETY * e ** (-0.7 / order) * state.lastError ** (0.4 / order);
  const factor = Math.min(state.rejected ? 1 : LARGEST, Math.max(SMALLEST, grow));
  const next = step * factor;
  // A step cut short by an edge says little about the step the dynamics would bear.
  state.proposal = step < 0.99 * state.proposal ? Math.max(next, state.proposal) : next;
  state.lastError = e;
  state.rejected = false;
}

/** A shorter step after the error came out too large. */
export function tooLarge(state: ControllerState, step: number, error: number, order: number): void {
  state.proposal = step * Math.min(0.8, Math.max(SMALLEST, SAFETY * error ** (-1 / order)));
  state.rejected = true;
}

/** A shorter step after a module failed or a pool would have gone negative. */
export function retreat(state: ControllerState, step: number): void {
  state.proposal = step / 4;
  state.rejected = true;
}
