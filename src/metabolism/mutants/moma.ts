import type { LpRuntime, LpStatus } from "../../numerics/programs/lp.ts";
import { nearestWhereSomeWeighNothing } from "../../numerics/programs/proximal-point.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
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
    distance: (fluxes) => overReactions(sub.full, fluxes, (v, j) => Math.abs(v - (reference[j] ?? 0))),
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
  const isReaction = (j: number) => sub.full.reactions[j]?.auxiliary !== true;
  const weights = overChains(sub, (j) => (isReaction(j) ? (sub.factor[j] ?? 0) ** 2 : 0));
  const nearest = nearestWhereSomeWeighNothing(sub.model.stoichiometry, weights);
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
    distance: (fluxes) => overReactions(sub.full, fluxes, (v, j) => (v - (reference[j] ?? 0)) ** 2),
    dispose: () => possible.dispose(),
  });
}

/** A sum over what is a reaction: sums of fluxes that the model limits count for nothing. */
function overReactions({ reactions }: FluxModel, fluxes: Float64Array, of: (v: number, j: number) => number): number {
  return fluxes.reduce((sum, v, j) => (reactions[j]?.auxiliary === true ? sum : sum + of(v, j)), 0);
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
