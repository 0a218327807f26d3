import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import { pfba } from "../balance/fba.ts";
import type { FluxSolution } from "../balance/solution.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { presolve } from "../presolve/presolve.ts";
import type { Method } from "./methods.ts";
import { objectiveOf, openAdjusted } from "./screen.ts";

/** What a mutant is compared with; fluxes and bounds in mmol gDW^-1 h^-1. */
export interface MutantOptions {
  /** Bounds of the wild type; the model's where absent. */
  readonly wildType?: FluxBounds;
  /** Fluxes of the wild type, shape [reactions]; pFBA's within its bounds where absent. */
  readonly reference?: Float64Array;
}

export type MutantSolution =
  | (FluxSolution & {
      readonly status: "optimal";
      /** What was minimised: sum of squares (MOMA), of |v - w| (linear MOMA), switches (ROOM). */
      readonly distance: number;
    })
  | Exclude<FluxSolution, { status: "optimal" }>;

/**
 * Fluxes of a mutant that stay near the wild type's: MOMA (quadratic or linear) or ROOM (whole switches or parts).
 * @param bounds of the mutant
 * @returns the mutant's fluxes; `objective` is the model's objective in them
 * @throws CellweaveError where the wild type has no flux distribution
 */
export async function mutantFluxes(
  model: FluxModel,
  bounds: FluxBounds,
  method: Exclude<Method, "fba">,
  { wildType = model.bounds, reference }: MutantOptions = {},
): Promise<MutantSolution> {
  const from = reference ?? (await wildTypeFluxes(model, wildType));
  const runtime = await loadLp();
  const adjustment = openAdjusted(runtime, presolve(runtime, model, around(bounds, wildType)), method, from);
  try {
    const solution = adjustment.solve(bounds);
    if (solution.status !== "optimal") return solution;
    const { objective: distance, fluxes } = solution;
    return { ...solution, objective: objectiveOf(model, fluxes), distance };
  } finally {
    adjustment.dispose();
  }
}

async function wildTypeFluxes(model: FluxModel, bounds: FluxBounds): Promise<Float64Array> {
  const solution = await pfba(model, bounds);
  if (solution.status === "optimal") return solution.fluxes;
  throw new CellweaveError("metabolism/wild-type", `the wild type: ${solution.message}`, { kind: "solver" });
}

/** The narrowest bounds that contain both. */
function around(a: FluxBounds, b: FluxBounds): FluxBounds {
  return {
    lower: a.lower.map((low, j) => Math.min(low, b.lower[j] ?? 0)),
    upper: a.upper.map((high, j) => Math.max(high, b.upper[j] ?? 0)),
  };
}
