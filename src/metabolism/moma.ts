import type { LpRuntime } from "../numerics/lp.ts";
import { type Adjustment, openAdjustment } from "./adjustment.ts";
import { referenceOf } from "./presolve/reference.ts";
import { overChains, type SubModel } from "./presolve/sub-model.ts";
import { fluxWeights, netFluxes, netProgram, splitBounds, splitProgram } from "./program.ts";

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
  return openAdjustment(runtime, session, from, {
    setBounds: (small) => {
      const { lower, upper } = splitBounds(small);
      session.setBounds(lower, upper);
    },
    change: (values) => netFluxes(values),
    distance: (fluxes) => fluxes.reduce((sum, v, j) => sum + Math.abs(v - (reference[j] ?? 0)), 0),
  });
}

/**
 * MOMA: fluxes nearest to the wild type's w, least sum of (v - w)^2.
 * @param reference wild-type fluxes w, shape [reactions]
 * @see doi:10.1073/pnas.232349399
 */
export function openMoma(runtime: LpRuntime, given: SubModel, reference: Float64Array): Adjustment {
  const from = referenceOf(given, reference);
  const { sub, rest } = from;
  const quadratic = overChains(sub, (j) => 2 * (sub.factor[j] ?? 0) ** 2);
  const cost = new Float64Array(quadratic.length);
  const rows = { rowLower: rest, rowUpper: rest };
  const session = runtime.open({ ...netProgram(sub.model), ...rows, sense: "minimize", cost, quadratic });
  return openAdjustment(runtime, session, from, {
    setBounds: ({ lower, upper }) => session.setBounds(lower, upper),
    change: (values) => values,
    distance: (fluxes) => fluxes.reduce((sum, v, j) => sum + (v - (reference[j] ?? 0)) ** 2, 0),
  });
}
