import { type FluxModel, indexById } from "./flux-model.ts";
import { matrixBuilder } from "./program.ts";

/** A reaction to be added: coefficients by metabolite id. */
export interface AddedReaction {
  readonly id: string;
  readonly name?: string;
  readonly metabolites: ReadonlyMap<string, number>;
  readonly lower: number;
  readonly upper: number;
}

/**
 * A model with the reactions of another that it doesn't have (by id), and with some more. Metabolites are the same where
 * their ids are; what is added has no gene rule and no part in the objective.
 */
export function merged(model: FluxModel, other: FluxModel | undefined, more: readonly AddedReaction[] = []): FluxModel {
  const added = [...(other === undefined ? [] : reactionsOf(other)), ...more].filter(
    ({ id }) => !model.reactionIndex.has(id),
  );
  const metabolites = [
    ...model.metabolites,
    ...(other?.metabolites ?? []).filter(({ id }) => !model.metaboliteIndex.has(id)),
  ];
  const metaboliteIndex = indexById(metabolites);
  const builder = matrixBuilder(metabolites.length);
  for (let j = 0; j < model.reactions.length; j++) {
    builder.column(model.stoichiometry, j);
    builder.end();
  }
  for (const reaction of added) {
    for (const [id, value] of reaction.metabolites) builder.entry(metaboliteIndex.get(id) ?? -1, value);
    builder.end();
  }
  const reactions = [
    ...model.reactions,
    ...added.map(({ id, name, metabolites: parts }) => ({
      id,
      name,
      rule: undefined,
      boundary: parts.size > 0 && new Set([...parts.values()].map(Math.sign)).size === 1,
    })),
  ];
  return {
    ...model,
    reactions,
    metabolites,
    stoichiometry: builder.matrix(),
    bounds: {
      lower: Float64Array.of(...model.bounds.lower, ...added.map(({ lower }) => lower)),
      upper: Float64Array.of(...model.bounds.upper, ...added.map(({ upper }) => upper)),
    },
    objective: Float64Array.of(...model.objective, ...added.map(() => 0)),
    reactionIndex: indexById(reactions),
    metaboliteIndex,
  };
}

/** A model's reactions as ones to be added elsewhere. */
function reactionsOf({ reactions, metabolites, stoichiometry, bounds }: FluxModel): AddedReaction[] {
  const { starts, rows, values } = stoichiometry;
  return reactions.map(({ id, name }, j) => {
    const parts = new Map<string, number>();
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++)
      parts.set(metabolites[rows[k] ?? 0]?.id ?? "", values[k] ?? 0);
    const [lower, upper] = [bounds.lower[j] ?? 0, bounds.upper[j] ?? 0];
    return { id, ...(name === undefined ? {} : { name }), metabolites: parts, lower, upper };
  });
}
