import type { Integrator, OdeProblem } from "../../numerics/ode/ode.ts";
import type { CompiledPathway } from "../code/compile.ts";

/** Times, in the model's unit, up to which fast reactions are followed to their equilibrium. */
const HORIZONS = [1e2, 1e5, 1e8];

/**
 * Brings the fast reactions to equilibrium while all else stands still (SBML L2V4, section 4.13.1).
 * @param load puts a state into memory for the present time
 * @param y changed in place
 * @returns whether an equilibrium was reached
 */
export function equilibrate(
  pathway: CompiledPathway,
  integrator: Integrator,
  atol: Float64Array,
  load: (y: ArrayLike<number>) => void,
  y: Float64Array,
): boolean {
  const { speeds } = pathway;
  if (speeds === undefined) return true;
  const [slow, fast] = [pathway.values[speeds.slow] ?? 1, pathway.values[speeds.fast] ?? 1];
  const problem: OdeProblem = {
    size: y.length,
    rhs(_t, at, dy) {
      load(at);
      const { values } = pathway;
      values[speeds.slow] = 0;
      values[speeds.fast] = 1;
      pathway.differentiate();
      dy.fill(0);
      dy.set(pathway.derivatives);
      values[speeds.slow] = slow;
      values[speeds.fast] = fast;
    },
  };
  const dy = new Float64Array(y.length);
  const settled = (): boolean => {
    problem.rhs(0, y, dy);
    return dy.every((v, i) => Math.abs(v) <= 1e-9 * Math.abs(y[i] ?? 0) + (atol[i] ?? 0));
  };
  for (const horizon of HORIZONS) {
    const options = { rtol: 1e-10, atol, maxSteps: 20_000, maxStep: horizon, firstStep: 1e-6, stiff: true };
    const end = integrator(problem, 0, y, horizon, options, (step) => {
      for (let i = 0; i < y.length; i++) y[i] = step.y1[i] ?? 0;
      return true;
    });
    if (!("component" in end) && settled()) return true;
  }
  return false;
}
