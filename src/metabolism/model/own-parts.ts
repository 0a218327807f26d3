import type { FluxModel } from "./flux-model.ts";

/** Variables and constraints that a model has beside fluxes and balances: how many, by what the file calls them. */
export interface OwnParts {
  readonly variables: ReadonlyMap<string, number>;
  readonly constraints: number;
}

/** What a model with variables of its own (thermodynamics, say) has of them; no kinds for other models. */
export function ownParts({ reactions, metabolites }: FluxModel): OwnParts {
  const variables = new Map<string, number>();
  for (const { kind } of reactions) if (kind !== undefined) variables.set(kind, (variables.get(kind) ?? 0) + 1);
  return { variables, constraints: metabolites.filter(({ auxiliary }) => auxiliary === true).length };
}

/** `variables of its own: 73 DeltaG, 72 LogConcentration; 504 constraints on them`; undefined where there are none. */
export function ownPartsText(model: FluxModel): string | undefined {
  const { variables, constraints } = ownParts(model);
  if (variables.size === 0) return undefined;
  const counts = [...variables].map(([kind, count]) => `${count} ${kind}`);
  return `variables of its own: ${counts.join(", ")}; ${constraints} constraints on them`;
}
