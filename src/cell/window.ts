import type { Contribution, Window } from "./module.ts";

/** Linear interpolation between the ends of a window; s in [0, 1]. */
export function between(a0: number, a1: number, s: number): number {
  return a0 + s * (a1 - a0);
}

/** Values read at a time inside the window, hours; fills `out` (shape of `reads`). */
export function readsAt(window: Window, t: number, out: Float64Array): void {
  const s = (t - window.t0) / (window.t1 - window.t0);
  const { reads0, reads1 } = window;
  for (let i = 0; i < out.length; i++) out[i] = between(reads0[i] ?? 0, reads1[i] ?? 0, s);
}

/** The rate of one contribution at s in [0, 1], for the owner's present values, in the target's unit per hour. */
export function rateAt(contribution: Contribution, s: number, owned: Float64Array): number {
  let rate = between(contribution.rate0, contribution.rate1, s);
  for (const f of contribution.feedback) {
    const anchor = between(f.anchor0, f.anchor1, s);
    rate += between(f.slope0, f.slope1, s) * ((owned[f.variable] ?? 0) - anchor);
  }
  return rate;
}
