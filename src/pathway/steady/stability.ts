import { type Complex, eigenvalues } from "../../numerics/linear/eigenvalues.ts";
import { zeros } from "../../numerics/linear/linalg.ts";
import type { SteadyProblem } from "../../numerics/ode/pseudo-transient.ts";

/** What small deviations that keep the totals do: all die out, some grow, or some stay to rounding. */
export type Stability = "stable" | "unstable" | "marginal";

/** Real parts so small beside the largest eigenvalue count as 0. */
const NOTHING = 1e-10;

/** Stability of a state of rest, with the eigenvalues that say so. */
export interface StabilityReport {
  readonly stability: Stability;
  /** Of the Jacobian without dependent states, per unit of time, largest real part first. */
  readonly eigenvalues: readonly Complex[];
}

/** Stability of a state of rest by linearisation; undefined where the eigenvalues can't be computed. */
export function stabilityAt(system: SteadyProblem, y: Float64Array): StabilityReport | undefined {
  const found = eigenvalues(reducedJacobian(system, y));
  if (found === undefined) return undefined;
  const largest = found.reduce((most, { re, im }) => Math.max(most, Math.hypot(re, im)), 0);
  const first = found[0]?.re ?? Number.NEGATIVE_INFINITY;
  const margin = NOTHING * largest;
  const stability =
    first > margin ? "unstable" : first < -margin ? "stable" : found.length === 0 ? "stable" : "marginal";
  return { stability, eigenvalues: found };
}

/** Derivatives of the independent states with the dependent ones moved along, so that totals are kept. */
function reducedJacobian(system: SteadyProblem, y: Float64Array) {
  const n = system.size;
  const full = new Float64Array(n * n);
  system.jacobian(y, full);
  const dependent = new Set(system.invariants.map((invariant) => invariant.dependent));
  const kept = Array.from({ length: n }, (_, i) => i).filter((i) => !dependent.has(i));
  const out = zeros(kept.length, kept.length);
  const column = new Map(kept.map((i, k) => [i, k]));
  kept.forEach((i, r) => {
    kept.forEach((j, c) => {
      out.data[r * kept.length + c] = full[i * n + j] ?? 0;
    });
    for (const { dependent: d, terms } of system.invariants) {
      const slope = full[i * n + d] ?? 0;
      const own = terms.find((term) => term.index === d)?.weight ?? 1;
      for (const { index, weight } of terms) {
        const c = column.get(index);
        if (c === undefined || slope === 0) continue;
        out.data[r * kept.length + c] = (out.data[r * kept.length + c] ?? 0) - (slope * weight) / own;
      }
    }
  });
  return out;
}
