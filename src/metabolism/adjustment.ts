import type { LpRuntime, LpSession } from "../numerics/lp.ts";
import { failure } from "./fba.ts";
import type { FluxBounds } from "./flux-model.ts";
import type { Reference } from "./presolve/reference.ts";
import { expanded, narrowed } from "./presolve/sub-model.ts";
import type { FluxSolution } from "./solution.ts";

/** A predictor of a mutant's fluxes from its bounds and the wild type's fluxes, held in the solver. */
export interface Adjustment {
  /**
   * Status "optimal" carries the mutant's fluxes; its `objective` is the distance that was minimised.
   * @param bounds of the full model, within the small model's hull
   */
  solve(bounds: FluxBounds): FluxSolution;
  dispose(): void;
}

/** How a distance is put to the solver. */
export interface Distance {
  /**
   * Sets the bounds of the session's columns.
   * @param small bounds of each chain's change from the reference
   * @param full bounds of the full model
   */
  setBounds(small: FluxBounds, full: FluxBounds): void;
  /** Each chain's change from the reference, from the session's columns. */
  change(values: Float64Array): Float64Array;
  /** What was minimised, of the full model's fluxes. */
  distance(fluxes: Float64Array, full: FluxBounds): number;
}

/** An adjustment in a session whose columns are changes from the reference. */
export function openAdjustment(
  runtime: LpRuntime,
  session: LpSession,
  { sub, centre }: Reference,
  { setBounds, change, distance }: Distance,
): Adjustment {
  const small = { lower: new Float64Array(centre.length), upper: new Float64Array(centre.length) };
  return {
    solve: (bounds) => {
      if (narrowed(sub, bounds, small) === undefined) return failure(runtime, sub.full, bounds, "infeasible");
      for (let c = 0; c < centre.length; c++) {
        small.lower[c] = (small.lower[c] ?? 0) - (centre[c] ?? 0);
        small.upper[c] = (small.upper[c] ?? 0) - (centre[c] ?? 0);
      }
      setBounds(small, bounds);
      const status = session.solve();
      if (status !== "optimal") return failure(runtime, sub.full, bounds, status);
      const moved = change(session.point().values).map((d, c) => d + (centre[c] ?? 0));
      const fluxes = expanded(sub, moved);
      return { status, objective: distance(fluxes, bounds), fluxes };
    },
    dispose: () => session.dispose(),
  };
}
