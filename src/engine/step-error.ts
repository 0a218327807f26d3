import type { Roles } from "./states.ts";

/** The largest weighted difference, and which variable has it. */
export interface StepError {
  value: number;
  variable: number;
}

/**
 * Share of the difference between corrected and predicted states that counts as error, and the power of the step with
 * which the difference falls.
 *
 * With `previous` hours between the last two points and `step` ahead, w = previous/step, extrapolation by a line leaves
 * (1/6 + w/4) H^3 r'' and interpolation by a line -1/12 H^3 r''. What counts is twice the latter. Interpolation by a
 * parabola leaves an error one order smaller, so that the error over a run falls in proportion to the tolerance.
 * Without a previous point the difference is of second order and counts in full.
 * @see Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, III.8 (Milne's device)
 */
export function milne(previous: number | undefined, step: number): { share: number; order: number } {
  if (previous === undefined) return { share: 1, order: 2 };
  return { share: 2 / (3 * (1 + previous / step)), order: 3 };
}

/** Weighted maximum norm over the states: difference / (atol nominal + rtol |x|). */
export function measure(
  roles: Roles,
  tolerance: { readonly rtol: number; readonly atol: number },
  arrays: { readonly start: Float64Array; readonly from: Float64Array; readonly to: Float64Array },
  out: StepError,
): void {
  out.value = 0;
  out.variable = -1;
  for (let n = 0; n < roles.states.length; n++) {
    const i = roles.states[n] ?? 0;
    const x = arrays.to[i] ?? 0;
    const size = Math.max(Math.abs(x), Math.abs(arrays.start[i] ?? 0));
    const weight = tolerance.atol * (roles.nominal[i] ?? 1) + tolerance.rtol * size;
    const error = Math.abs(x - (arrays.from[i] ?? 0)) / weight;
    if (error > out.value || Number.isNaN(error)) {
      out.value = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
      out.variable = i;
    }
  }
}

/** First state that is not finite, or -1. */
export function notFinite(roles: Roles, values: Float64Array): number {
  for (let n = 0; n < roles.states.length; n++) {
    const i = roles.states[n] ?? 0;
    if (!Number.isFinite(values[i] ?? 0)) return i;
  }
  return -1;
}

/** First amount below minus its absolute tolerance, or -1. */
export function belowZero(roles: Roles, atol: number, values: Float64Array): number {
  for (let n = 0; n < roles.nonNegative.length; n++) {
    const i = roles.nonNegative[n] ?? 0;
    if ((values[i] ?? 0) < -atol * (roles.nominal[i] ?? 1)) return i;
  }
  return -1;
}
