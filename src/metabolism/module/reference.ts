import { copyBounds, type FluxBounds, type FluxModel } from "../model/flux-model.ts";
import type { Exchange } from "./uptake.ts";

/**
 * Bounds of the conditions that stand for "what the cell does at its reference expression": every nutrient
 * saturating, then each carbon source alone, all of these with oxygen and without. Carbon sources are the exchanges
 * with uptake whose metabolite's formula has carbon; oxygen is the one whose formula is O2.
 */
export function* referenceConditions(
  model: FluxModel,
  exchanges: readonly Exchange[],
  bounds: FluxBounds,
): Generator<FluxBounds> {
  const fed = exchanges.filter(({ vmax }) => vmax > 0);
  const carbon = fed.filter(({ reaction }) => /C(?![a-z])/.test(formulaOf(model, reaction)));
  const oxygen = fed.filter(({ reaction }) => formulaOf(model, reaction) === "O2");
  for (const withOxygen of oxygen.length > 0 ? [true, false] : [true]) {
    for (const alone of [undefined, ...carbon]) {
      const condition = copyBounds(bounds);
      for (const exchange of fed) {
        const shut =
          (alone !== undefined && carbon.includes(exchange) && exchange !== alone) ||
          (!withOxygen && oxygen.includes(exchange));
        condition.lower[exchange.reaction] = shut ? 0 : -exchange.vmax;
      }
      yield condition;
    }
  }
}

/** Formula of the metabolite that a boundary reaction exchanges. */
function formulaOf({ stoichiometry, metabolites }: FluxModel, reaction: number): string {
  return metabolites[stoichiometry.rows[stoichiometry.starts[reaction] ?? 0] ?? 0]?.formula ?? "";
}
