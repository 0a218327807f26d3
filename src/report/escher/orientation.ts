import type { MapReaction } from "./map.ts";

/** Coefficients of a model's reaction by metabolite id; undefined where they aren't known. */
export type Coefficients = (reaction: string) => ReadonlyMap<string, number> | undefined;

/**
 * Whether a map writes a reaction the other way round than the model does, so that a positive flux runs against the
 * map's own coefficients. Metabolites that go by other names on the map have no say; an underscore before a digit, which
 * SBML asks for, is no other name.
 */
export function isTurned({ id, coefficients }: MapReaction, modelled: Coefficients | undefined): boolean {
  const own = modelled?.(id);
  if (own === undefined) return false;
  let agreement = 0;
  for (const [metabolite, coefficient] of coefficients) {
    const known = own.get(metabolite) ?? own.get(metabolite.replace(/^_(?=\d)/, "")) ?? 0;
    agreement += Math.sign(coefficient) * Math.sign(known);
  }
  return agreement < 0;
}
