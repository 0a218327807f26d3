import type { LinearProgram, LpRuntime } from "../../numerics/programs/lp.ts";
import { requireContinuous } from "../model/flux-model.ts";
import { splitBounds, splitColumns, withRow } from "../model/program.ts";
import type { SubModel } from "../presolve/sub-model.ts";

/** Extremes of single fluxes while the total flux keeps to a budget, held in the solver. */
export interface BudgetedExtremes {
  extreme(chain: number, sense: "minimize" | "maximize"): number;
  dispose(): void;
}

/**
 * Opens a program whose total flux (sum of |v| over the full model's reactions) is at most `factor` times the least.
 * @param program of the small model, with its objective kept at the share wanted
 * @returns undefined where the solver finds no least total flux
 */
export function openBudget(
  runtime: LpRuntime,
  sub: SubModel,
  program: LinearProgram,
  factor: number,
): BudgetedExtremes | undefined {
  requireContinuous(sub.full, "a range within a total flux", "its program takes every column for continuous");
  const cost = totalFlux(sub);
  const session = runtime.open({
    ...program,
    changing: "costs",
    sense: "minimize",
    matrix: withRow(splitColumns(program.matrix), cost),
    cost,
    ...splitBounds(program),
    rowLower: Float64Array.of(...program.rowLower, Number.NEGATIVE_INFINITY),
    rowUpper: Float64Array.of(...program.rowUpper, Number.POSITIVE_INFINITY),
  });
  if (session.solve() !== "optimal") {
    session.dispose();
    return undefined;
  }
  session.startFrom(session.basis());
  session.setRow(program.matrix.rowCount, Number.NEGATIVE_INFINITY, factor * session.objective());
  session.setCosts(new Float64Array(cost.length));
  const price = (chain: number, value: number) => {
    session.setCost(2 * chain, value);
    session.setCost(2 * chain + 1, -value + 0);
  };
  return {
    extreme: (chain, sense) => {
      session.setSense(sense);
      price(chain, 1);
      const value = session.solve() === "optimal" ? session.objective() : Number.NaN;
      price(chain, 0);
      return value;
    },
    dispose: () => session.dispose(),
  };
}

/** What a unit of each chain's flux, forward and backward, adds to the total flux of the full model. */
function totalFlux({ full, model, chain, factor }: SubModel): Float64Array {
  const cost = new Float64Array(2 * model.reactions.length);
  chain.forEach((c, j) => {
    if (c < 0 || full.reactions[j]?.auxiliary === true) return;
    for (const k of [2 * c, 2 * c + 1]) cost[k] = (cost[k] ?? 0) + Math.abs(factor[j] ?? 0);
  });
  return cost;
}
