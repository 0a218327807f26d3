import type { LpRuntime, LpStatus } from "../../numerics/programs/lp.ts";
import { nearestPoints } from "../../numerics/programs/nearest-point.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import { fluxWeights, netFluxes, netProgram, splitBounds, splitProgram } from "../model/program.ts";
import { type Reference, referenceOf } from "../presolve/reference.ts";
import { overChains, type SubModel } from "../presolve/sub-model.ts";
import { type Adjustment, openAdjustment } from "./adjustment.ts";

/**
 * Linear MOMA: fluxes with the least sum of |v - w| from the wild type's w; between equals, reaction ids decide.
 * @param reference wild-type fluxes w, shape [reactions]
 * @see doi:10.1073/pnas.232349399 (MOMA); doi:10.1186/1752-0509-4-92 (1-norm)
 */
export function openLinearMoma(runtime: LpRuntime, given: SubModel, reference: Float64Array): Adjustment {
  const from = referenceOf(given, reference);
  const { sub, rest } = from;
  const weights = fluxWeights(sub.full);
  const price = overChains(sub, (j) => Math.abs(sub.factor[j] ?? 0) * (weights[j] ?? 1));
  const { rowLower, rowUpper, ...split } = splitProgram(sub.model);
  rowLower.set(rest);
  rowUpper.set(rest);
  const cost = split.cost.map((_, k) => price[k >> 1] ?? 1);
  const session = runtime.open({ ...split, sense: "minimize", cost, rowLower, rowUpper });
  return openAdjustment(runtime, from, {
    solve: (small) => {
      const { lower, upper } = splitBounds(small);
      session.setBounds(lower, upper);
      return session.solve();
    },
    change: () => netFluxes(session.point().values),
    distance: (fluxes) => fluxes.reduce((sum, v, j) => sum + Math.abs(v - (reference[j] ?? 0)), 0),
    dispose: () => session.dispose(),
  });
}

/**
 * MOMA: fluxes nearest to the wild type's w, least sum of (v - w)^2, to rounding; there is one such flux distribution.
 * @param reference wild-type fluxes w, shape [reactions]
 * @see doi:10.1073/pnas.232349399
 */
export function openMoma(runtime: LpRuntime, given: SubModel, reference: Float64Array): Adjustment {
  const from = referenceOf(given, reference);
  const { sub, rest } = from;
  const weights = overChains(sub, (j) => (sub.factor[j] ?? 0) ** 2);
  const nearest = nearestPoints(sub.model.stoichiometry, weights);
  const possible = openFeasibility(runtime, from);
  let change: Float64Array | undefined;
  return openAdjustment(runtime, from, {
    solve: (small) => {
      const status = possible.solve(small);
      if (status !== "optimal") return status;
      change = nearest.solve(small.lower, small.upper, rest);
      return change === undefined ? "failed" : status;
    },
    change: () => change ?? new Float64Array(weights.length),
    distance: (fluxes) => fluxes.reduce((sum, v, j) => sum + (v - (reference[j] ?? 0)) ** 2, 0),
    dispose: () => possible.dispose(),
  });
}

/** Whether there is a flux distribution at all; a linear program says so for certain. */
function openFeasibility(runtime: LpRuntime, { sub, rest, centre }: Reference) {
  const cost = new Float64Array(centre.length);
  const session = runtime.open({ ...netProgram(sub.model), cost, rowLower: rest, rowUpper: rest });
  if (session.solve() === "optimal") session.startFrom(session.basis());
  return {
    solve({ lower, upper }: FluxBounds): LpStatus {
      session.setBounds(lower, upper);
      return session.solve();
    },
    dispose: () => session.dispose(),
  };
}
