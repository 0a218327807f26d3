import type { LpRuntime } from "../numerics/lp.ts";
import { failure } from "./fba.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";
import { fluxWeights, netFluxes, netProgram, splitBounds, splitProgram } from "./program.ts";
import type { FluxSolution } from "./solution.ts";

/** A predictor of a mutant's fluxes from its bounds and the wild type's fluxes, held in the solver. */
export interface Adjustment {
  /** Status "optimal" carries the mutant's fluxes; its `objective` is the distance that was minimised. */
  solve(bounds: FluxBounds): FluxSolution;
  dispose(): void;
}

/**
 * Linear MOMA: fluxes with the least sum of |v - w| from the wild type's w; between equals, reaction ids decide.
 * @param reference wild-type fluxes w, balanced; shape [reactions]
 * @see doi:10.1073/pnas.232349399 (MOMA); doi:10.1186/1752-0509-4-92 (1-norm)
 */
export function openLinearMoma(runtime: LpRuntime, model: FluxModel, reference: Float64Array): Adjustment {
  const { rowLower, rowUpper, matrix, ...split } = splitProgram(model);
  const weights = fluxWeights(model);
  const cost = split.cost.map((_, k) => weights[k >> 1] ?? 1);
  const session = runtime.open({ ...split, sense: "minimize", cost, rowLower, rowUpper, matrix });
  const change = shifted(model.bounds, reference);
  const solve = (bounds: FluxBounds): FluxSolution => {
    const { lower, upper } = splitBounds(shifted(bounds, reference, change));
    session.setBounds(lower, upper);
    const status = session.solve();
    if (status !== "optimal") return failure(runtime, model, bounds, status);
    return adjusted(reference, netFluxes(session.point().values), (sum, d) => sum + Math.abs(d));
  };
  if (solve(model.bounds).status === "optimal") session.startFrom(session.basis());
  return { solve, dispose: () => session.dispose() };
}

/**
 * MOMA: fluxes nearest to the wild type's w, least sum of (v - w)^2.
 * @param reference wild-type fluxes w, balanced; shape [reactions]
 * @see doi:10.1073/pnas.232349399
 */
export function openMoma(runtime: LpRuntime, model: FluxModel, reference: Float64Array): Adjustment {
  const n = model.reactions.length;
  const program = { ...netProgram(model), sense: "minimize", cost: new Float64Array(n) } as const;
  const session = runtime.open({ ...program, quadratic: new Float64Array(n).fill(2) });
  const change = shifted(model.bounds, reference);
  return {
    solve: (bounds) => {
      const { lower, upper } = shifted(bounds, reference, change);
      session.setBounds(lower, upper);
      const status = session.solve();
      if (status !== "optimal") return failure(runtime, model, bounds, status);
      return adjusted(reference, session.point().values, (sum, d) => sum + d * d);
    },
    dispose: () => session.dispose(),
  };
}

/** Bounds of v - w; fills `into` where given. */
function shifted({ lower, upper }: FluxBounds, reference: Float64Array, into?: FluxBounds): FluxBounds {
  const out = into ?? { lower: new Float64Array(lower.length), upper: new Float64Array(upper.length) };
  for (let j = 0; j < lower.length; j++) {
    out.lower[j] = (lower[j] ?? 0) - (reference[j] ?? 0);
    out.upper[j] = (upper[j] ?? 0) - (reference[j] ?? 0);
  }
  return out;
}

function adjusted(
  reference: Float64Array,
  change: Float64Array,
  add: (sum: number, d: number) => number,
): FluxSolution {
  const fluxes = reference.map((w, j) => w + (change[j] ?? 0));
  return { status: "optimal", objective: change.reduce(add, 0), fluxes };
}
