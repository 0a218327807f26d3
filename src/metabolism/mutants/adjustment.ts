import type { LpRuntime, LpStatus } from "../../numerics/programs/lp.ts";
import { failure } from "../balance/fba.ts";
import type { FluxSolution } from "../balance/solution.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import type { Reference } from "../presolve/reference.ts";
import { expanded, narrowed } from "../presolve/sub-model.ts";

/** A predictor of a mutant's fluxes from its bounds and the wild type's fluxes, held in the solver. */
export interface Adjustment {
  /**
   * Status "optimal" carries the mutant's fluxes; its `objective` is the distance that was minimised.
   * @param bounds of the full model, within the small model's hull
   */
  solve(bounds: FluxBounds): FluxSolution;
  dispose(): void;
}

/** How the nearest change from the reference is found. */
export interface Distance {
  /**
   * Looks for it.
   * @param small bounds of each chain's change from the reference
   * @param full bounds of the full model
   */
  solve(small: FluxBounds, full: FluxBounds): LpStatus;
  /** Each chain's change from the reference, after "optimal". */
  change(): Float64Array;
  /** What was minimised, of the full model's fluxes. */
  distance(fluxes: Float64Array, full: FluxBounds): number;
  dispose(): void;
}

/** An adjustment whose unknowns are changes from the reference. */
export function openAdjustment(runtime: LpRuntime, { sub, centre }: Reference, nearest: Distance): Adjustment {
  const small = { lower: new Float64Array(centre.length), upper: new Float64Array(centre.length) };
  return {
    solve: (bounds) => {
      if (narrowed(sub, bounds, small) === undefined) return failure(runtime, sub.full, bounds, "infeasible");
      for (let c = 0; c < centre.length; c++) {
        small.lower[c] = (small.lower[c] ?? 0) - (centre[c] ?? 0);
        small.upper[c] = (small.upper[c] ?? 0) - (centre[c] ?? 0);
      }
      const status = nearest.solve(small, bounds);
      if (status !== "optimal") return failure(runtime, sub.full, bounds, status);
      const moved = nearest.change().map((d, c) => d + (centre[c] ?? 0));
      const fluxes = expanded(sub, moved);
      return { status, objective: nearest.distance(fluxes, bounds), fluxes };
    },
    dispose: () => nearest.dispose(),
  };
}
