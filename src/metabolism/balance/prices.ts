import { loadLp } from "../../numerics/programs/load-lp.ts";
import { type FluxBounds, type FluxModel, requireContinuous } from "../model/flux-model.ts";
import { netProgram } from "../model/program.ts";
import { failure } from "./fba.ts";
import type { FluxSolution } from "./solution.ts";

/** What the objective gains at an optimum. At a degenerate one the prices are those of one of its bases. */
export type Prices =
  | {
      readonly status: "optimal";
      readonly objective: number;
      readonly fluxes: Float64Array;
      /** Objective per mmol gDW^-1 h^-1 of each metabolite given to the cell, shape [metabolites]. */
      readonly metabolites: Float64Array;
      /** Objective per mmol gDW^-1 h^-1 that each flux is raised by force, its bounds moving along; shape [reactions]. */
      readonly reactions: Float64Array;
    }
  | Exclude<FluxSolution, { status: "optimal" }>;

/**
 * Shadow prices and reduced costs of the flux balance optimum. A metabolite that limits growth has a positive price:
 * the sign says what more of it would do (COBRApy's shadow prices have the opposite sign).
 */
export async function prices(model: FluxModel, bounds: FluxBounds = model.bounds): Promise<Prices> {
  requireContinuous(model, "a table of prices", "a choice among whole numbers has no prices");
  const runtime = await loadLp();
  const session = runtime.open({ ...netProgram(model), ...bounds });
  try {
    const status = session.solve();
    if (status !== "optimal") {
      const cause = failure(runtime, model, bounds, status);
      return cause.status === "optimal" ? { status: "failed", message: "the solver failed", bounds: [] } : cause;
    }
    const { values, rowDuals, reducedCosts } = session.point();
    const objective = session.objective();
    return {
      status,
      objective,
      fluxes: values,
      metabolites: rowDuals.map((p) => (p === 0 ? 0 : -p)),
      reactions: reducedCosts,
    };
  } finally {
    session.dispose();
  }
}
