import type { Contribution, Window } from "./module.ts";

/** Linear interpolation between the ends of a window; s in [0, 1]. */
export function between(a0: number, a1: number, s: number): number {
  return a0 + s * (a1 - a0);
}

/** The parabola through a0 and a1 that leaves the line between them by s (s - 1) bend; s in [0, 1]. */
export function parabola(a0: number, a1: number, bend: number, s: number): number {
  return a0 + s * (a1 - a0) + s * (s - 1) * bend;
}

/**
 * Bend of the parabola through a value before and both ends of a window.
 * @param w length of the stretch before, in units of the window
 */
export function bendThrough(before: number, a0: number, a1: number, w: number): number {
  return (before - (1 + w) * a0 + w * a1) / (w * (1 + w));
}

/** Values read at a time inside the window, hours; fills `out` (shape of `reads`). */
export function readsAt(window: Window, t: number, out: Float64Array): void {
  const s = (t - window.t0) / (window.t1 - window.t0);
  const { reads0, reads1, readsBend } = window;
  for (let i = 0; i < out.length; i++) out[i] = parabola(reads0[i] ?? 0, reads1[i] ?? 0, readsBend?.[i] ?? 0, s);
}

/** The rate of one contribution at s in [0, 1], for the owner's present values, in the target's unit per hour. */
export function rateAt(contribution: Contribution, s: number, owned: Float64Array): number {
  let rate = parabola(contribution.rate0, contribution.rate1, contribution.bend ?? 0, s);
  for (const f of contribution.feedback) {
    const anchor = parabola(f.anchor0, f.anchor1, f.anchorBend ?? 0, s);
    rate += between(f.slope0, f.slope1, s) * ((owned[f.variable] ?? 0) - anchor);
  }
  return rate;
}
