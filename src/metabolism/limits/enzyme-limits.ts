import { CellweaveError } from "../../errors.ts";
import { reactionAt } from "../model/edits.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { genesOf } from "../model/gene-rule.ts";
import type { MetabolicOptions } from "../module/options.ts";
import { type Capacity, capacityAt, capacityOf } from "./capacity.ts";

/** Most that one reaction's enzymes carry at the reference expression, and how that scales. */
export interface EnzymeLimit {
  readonly reaction: number;
  readonly capacity: Capacity;
  /** mmol gDW^-1 h^-1, forward and backward, both >= 0. */
  readonly max: number;
  readonly reverse: number;
  /** Indices of the genes whose expression matters. */
  readonly genes: readonly number[];
}

/**
 * The enzyme limits of a module: those given, then for every other reaction with a gene rule `fallback`'s.
 * @param fallback largest forward and backward flux of a reaction at the reference expression; none where absent
 * @throws CellweaveError for unknown reactions, reactions without a rule, negative capacities
 */
export function enzymeLimits(
  options: Pick<MetabolicOptions, "model" | "capacities" | "isoenzymes">,
  fallback?: (reaction: number) => { max: number; reverse: number },
): EnzymeLimit[] {
  const { model, capacities = [], isoenzymes } = options;
  const weight = (genes: readonly number[]) =>
    Math.min(...genes.map((gene) => isoenzymes?.get(model.genes[gene]?.id ?? "") ?? 1));
  const given = new Map(
    capacities.map(({ reaction, max, reverse = max }) => {
      if (!(max >= 0 && reverse >= 0))
        throw new CellweaveError(
          "metabolism/capacity",
          `'${reaction}': capacities must be >= 0, got ${max}, ${reverse}`,
        );
      return [reactionAt(model, reaction), { max, reverse }] as const;
    }),
  );
  return model.reactions.flatMap(({ id, rule }, reaction): EnzymeLimit[] => {
    const own = given.get(reaction);
    if (rule === undefined) {
      if (own === undefined) return [];
      throw new CellweaveError(
        "metabolism/capacity",
        `'${id}' has no gene rule, so expression can't scale its capacity`,
        {
          hint: "bound it in the model instead",
        },
      );
    }
    const limit = own ?? fallback?.(reaction);
    return limit === undefined
      ? []
      : [{ reaction, capacity: capacityOf(rule, weight), ...limit, genes: genesOf(rule) }];
  });
}

/**
 * Narrows bounds to what the enzymes carry.
 * @param expression relative to reference, shape [genes]
 * @param except 1 where a reaction is left alone, shape [reactions]
 */
export function limitByEnzymes(
  limits: readonly EnzymeLimit[],
  expression: Float64Array,
  { lower, upper }: FluxBounds,
  except: Uint8Array,
): void {
  for (const { reaction, capacity, max, reverse } of limits) {
    if (except[reaction] === 1) continue;
    const level = Math.max(0, capacityAt(capacity, expression));
    upper[reaction] = Math.min(upper[reaction] ?? 0, max * level);
    lower[reaction] = Math.max(lower[reaction] ?? 0, -reverse * level);
  }
}

/**
 * Default capacities from reference conditions: margin times the largest flux of each sign, at least the floor.
 * @param conditions fluxes of each reference condition, shape [reactions] each
 */
export function fluxEnvelope(
  model: FluxModel,
  conditions: readonly Float64Array[],
  { margin, floor }: { readonly margin: number; readonly floor: number },
): (reaction: number) => { max: number; reverse: number } {
  const largest = new Float64Array(model.reactions.length);
  for (const fluxes of conditions)
    for (let j = 0; j < largest.length; j++) largest[j] = Math.max(largest[j] ?? 0, Math.abs(fluxes[j] ?? 0));
  return (reaction) => {
    const max = Math.max(floor, margin * (largest[reaction] ?? 0));
    return { max, reverse: max };
  };
}
