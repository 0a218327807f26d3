import type { SbmlDocument, Species } from "../../sbml/document.ts";
import { didYouMean } from "../../suggest.ts";
import { compilePathway } from "../code/compile.ts";
import { pathwayError } from "../refuse.ts";

/**
 * The document with quantities given by number at the start, so that a compiled model can start from other numbers:
 * parameters by value, compartments by size, species by what mathematics sees (a concentration for most). Initial
 * assignments of them are dropped in favour of the number they give.
 *
 * Throws `sbml/unknown-id`, and `pathway/not-settable` where a rule determines the quantity.
 */
export function withStartValues(document: SbmlDocument, ids: Iterable<string>): SbmlDocument {
  const wanted = new Set(ids);
  if (wanted.size === 0) return document;
  requireSettable(document, wanted);
  const numberOf = startNumbers(document, wanted);
  return {
    ...document,
    initialAssignments: document.initialAssignments.filter((a) => !wanted.has(a.symbol)),
    parameters: document.parameters.map((p) => (wanted.has(p.id) ? { ...p, value: numberOf(p.id) ?? p.value } : p)),
    compartments: document.compartments.map((c) => (wanted.has(c.id) ? { ...c, size: numberOf(c.id) ?? c.size } : c)),
    species: document.species.map((s) => (wanted.has(s.id) ? startingAt(s, numberOf(s.id)) : s)),
  };
}

function startingAt(s: Species, value: number | undefined): Species {
  return s.hasOnlySubstanceUnits
    ? { ...s, initialAmount: value, initialConcentration: undefined }
    : { ...s, initialAmount: undefined, initialConcentration: value };
}

function requireSettable(document: SbmlDocument, ids: ReadonlySet<string>): void {
  const { parameters, compartments, species, rules } = document;
  const known = [...parameters, ...compartments, ...species].map((q) => q.id);
  for (const id of ids) {
    const rule = rules.find((r) => r.kind === "assignment" && r.variable === id);
    if (!known.includes(id))
      throw pathwayError(
        document,
        undefined,
        "sbml/unknown-id",
        `The model has no parameter, species or compartment '${id}'`,
        didYouMean(id, known),
      );
    if (rule !== undefined)
      throw pathwayError(document, rule.line, "pathway/not-settable", `'${id}' is determined by a rule`);
  }
}

/** Values at time 0; those that stand in the file need no compilation. */
function startNumbers(document: SbmlDocument, ids: ReadonlySet<string>): (id: string) => number | undefined {
  const given = new Map<string, number>();
  for (const p of document.parameters) if (p.value !== undefined) given.set(p.id, p.value);
  for (const c of document.compartments) if (c.size !== undefined) given.set(c.id, c.size);
  for (const s of document.species) {
    const value = s.hasOnlySubstanceUnits ? s.initialAmount : s.initialConcentration;
    if (value !== undefined) given.set(s.id, value);
  }
  for (const a of document.initialAssignments) given.delete(a.symbol);
  if ([...ids].every((id) => given.has(id))) return (id) => given.get(id);
  const pathway = compilePathway(document);
  pathway.initialise(0);
  pathway.observe();
  return (id) => pathway.values[pathway.symbols.get(id)?.slot ?? -1];
}
