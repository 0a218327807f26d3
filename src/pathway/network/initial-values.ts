import type { SbmlDocument, SpeciesReference } from "../../sbml/document.ts";
import { compilePathway } from "../code/compile.ts";

/**
 * The document with the numbers that initial assignments and assignment rules give at time 0 written into parameters
 * and stoichiometries, and those assignments gone: what a steady-state analysis reads.
 */
export function withInitialValues(document: SbmlDocument): SbmlDocument {
  if (document.initialAssignments.length === 0 && document.rules.length === 0) return document;
  const pathway = compilePathway(document);
  pathway.initialise(0);
  pathway.observe();
  const numberOf = (id: string): number | undefined => {
    const symbol = pathway.symbols.get(id);
    return symbol === undefined ? undefined : pathway.values[symbol.slot];
  };
  const reference = (r: SpeciesReference): SpeciesReference =>
    r.id === "" ? r : { ...r, stoichiometry: numberOf(r.id) ?? r.stoichiometry };
  return {
    ...document,
    initialAssignments: [],
    rules: document.rules.filter((r) => r.kind !== "assignment"),
    parameters: document.parameters.map((p) => ({ ...p, value: numberOf(p.id) ?? p.value })),
    reactions: document.reactions.map((r) => ({
      ...r,
      reactants: r.reactants.map(reference),
      products: r.products.map(reference),
    })),
  };
}
