import type { Roles } from "./states.ts";

/** The largest weighted difference, and which variable has it. */
export interface StepError {
  value: number;
  variable: number;
}

/**
 * Weighted maximum norm over the states: difference / (atol nominal + rtol |x|).
 *
 * Between predicted and corrected states it estimates the predictor's error, third order in the step where a slope is
 * known and second where not. What is kept is the corrected state, an order better, so that the error over a run falls
 * in proportion to the tolerance.
 */
export function measure(
  roles: Roles,
  tolerance: { readonly rtol: number; readonly atol: number },
  arrays: { readonly start: Float64Array; readonly from: Float64Array; readonly to: Float64Array },
  out: StepError,
): void {
  out.value = 0;
  out.variable = -1;
  for (let n = 0; n < roles.judged.length; n++) {
    const i = roles.judged[n] ?? 0;
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
