import type { Solver } from "./solver-types.ts";
import { outOfMemory, type Sundials } from "./sundials.ts";

/** Parameters whose sensitivities are wanted. */
export interface SensitivitySetup {
  /** dy/dp at the start by columns, shape [parameters, n]. */
  readonly start: Float64Array;
  /** Magnitude of each parameter: absolute tolerances are those of the states divided by it. */
  readonly scale: Float64Array;
  /** Table index of (t, y, out, data): df/dp by columns, shape [parameters, n]. */
  readonly partials: number;
}

/** Sensitivities that are integrated beside a solver's states, under the same error control. */
export interface ForwardSensitivities extends Disposable {
  /** dy/dp at a time inside the last step; fills `out`, shape [parameters, n]. */
  at(t: number, out: Float64Array): boolean;
}

/**
 * Has a solver that is at its start integrate sensitivities too, by the staggered corrector. It needs a Jacobian of
 * its own. Dispose of the solver first.
 * @see Feehery, Tolsma, Barton 1997, doi:10.1016/S0168-9274(97)00050-0
 */
export function forwardSensitivities(
  sundials: Sundials,
  solver: Solver,
  { start, scale, partials }: SensitivitySetup,
): ForwardSensitivities {
  const count = scale.length;
  const block = sundials.allocate(8 * (start.length + count));
  const scaleAt = block + 8 * start.length;
  sundials.doubles(block, start.length).set(start);
  sundials.doubles(scaleAt, count).set(scale);
  const own = sundials.exports.sensitivity_create(solver.pointer, count, block, scaleAt, partials);
  if (own === 0) {
    sundials.exports.release(block);
    throw outOfMemory(`for ${count} sensitivities`);
  }
  return {
    at(t, out) {
      const flag = sundials.exports.sensitivity_at(own, t, block);
      out.set(sundials.doubles(block, start.length));
      return flag === 0;
    },
    [Symbol.dispose]() {
      sundials.exports.sensitivity_dispose(own);
      sundials.exports.release(block);
    },
  };
}
