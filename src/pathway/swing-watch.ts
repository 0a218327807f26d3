import { eigenvalues } from "../numerics/eigenvalues.ts";
import type { Matrix } from "../numerics/linalg.ts";

/** Steps after which a run is first looked at. */
const FIRST = 1000;
/** Beyond that many steps for each square of the number of states: eigenvalues then cost some hundredths of the run. */
const SHARE = 4;
/** How many times faster than it decays (or grows) a mode has to swing. */
const DAMPING = 20;
/** Radians of a swing in one step: so many that it is what makes the steps short, so few that they follow it. */
const LEAST = 0.02;
const MOST = 2;

/**
 * Says when a run is to be looked at for swings that are hardly damped, which BDF damps and delays a little in every
 * step: after 1,000 steps, or 4 n^2 where that is more, and whenever their number has doubled since.
 */
export class SwingWatch {
  private at: number;
  private steps = 0;

  constructor(states: number) {
    this.at = Math.max(FIRST, SHARE * states * states);
  }

  /** Steps until the next look. */
  get left(): number {
    return this.at - this.steps;
  }

  /** Notes steps that were taken; true where it is time to look. */
  passed(steps: number): boolean {
    this.steps += steps;
    if (this.steps < this.at) return false;
    this.at *= 2;
    return true;
  }
}

/**
 * Whether some mode of y' = J y swings with hardly any damping, and steps of this length follow it.
 * @param jacobian shape [n, n], per unit of time
 */
export function swingsUndamped(jacobian: Matrix, step: number): boolean {
  const modes = eigenvalues(jacobian) ?? [];
  return modes.some(({ re, im }) => {
    const turn = Math.abs(im) * step;
    return Math.abs(im) > DAMPING * Math.abs(re) && turn > LEAST && turn < MOST;
  });
}
