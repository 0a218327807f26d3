import type { GeneAssociation, Parameter, Reaction, SbmlDocument, Species } from "../../sbml/document.ts";
import type { GeneRule } from "../model/gene-rule.ts";
import { parseRule } from "../model/parse-rule.ts";
import { fault } from "./document-fault.ts";

// Before fbc, the COBRA Toolbox and COBRApy wrote bounds and objective as parameters of kinetic laws, and formulas and
// gene rules as lines of the notes.

/** Says in fbc's terms what a document of the old kind says; any other document as it is. */
export function withLegacyBounds(document: SbmlDocument): SbmlDocument {
  if (document.packages.has("fbc") || !document.reactions.some((reaction) => local(reaction, "LOWER_BOUND"))) {
    return document;
  }
  const genes: string[] = [];
  const parameters: Parameter[] = [];
  const reactions = document.reactions.map((reaction): Reaction => {
    const limit = (side: "lower" | "upper") => {
      const id = `${reaction.id}:${side}`;
      parameters.push({ ...boundOf(document, reaction, side), id });
      return id;
    };
    const association = associationOf(document, reaction, genes);
    const bounds = { lowerFluxBound: limit("lower"), upperFluxBound: limit("upper") };
    return { ...reaction, ...bounds, ...(association && { geneProductAssociation: association }) };
  });
  const fluxObjectives = document.reactions.flatMap((reaction) => {
    const coefficient = local(reaction, "OBJECTIVE_COEFFICIENT")?.value ?? 0;
    return coefficient === 0 ? [] : [{ reaction: reaction.id, coefficient }];
  });
  return {
    ...document,
    packages: new Map([...document.packages, ["fbc", 2]]),
    species: document.species.map(withNotes),
    parameters: [...document.parameters, ...parameters],
    reactions,
    geneProducts: genes.map((id) => ({ id, label: id, line: 0 })),
    objectives: fluxObjectives.length === 0 ? [] : [{ id: "objective", type: "maximize", fluxObjectives, line: 0 }],
    activeObjective: undefined,
  };
}

function local({ kineticLaw }: Reaction, id: string): Parameter | undefined {
  return kineticLaw?.localParameters.find((parameter) => parameter.id === id);
}

function boundOf(document: SbmlDocument, reaction: Reaction, side: "lower" | "upper"): Parameter {
  const name = `${side.toUpperCase()}_BOUND`;
  const found = local(reaction, name);
  if (found !== undefined) return found;
  const message = `reaction '${reaction.id}' has no ${name} in its kinetic law, as others of this model have`;
  throw fault(document, "missing-bounds", reaction.line, message);
}

/** What may follow in the notes: one word in capitals, or one of the few known in two. */
const NEXT = /\s+(?:[A-Z][A-Z_]+|EC Number|EC number|Confidence Level)\s*:(?:\s|$)/;

/** A line of the notes by its key; undefined where it is absent or empty. */
function noteOf({ notes = "" }: { readonly notes?: string }, key: RegExp): string | undefined {
  const [start = "", ...rest] = notes.split(key);
  if (start === notes) return undefined;
  return ` ${rest.join(" ").trimStart()}`.split(NEXT)[0]?.trim() || undefined;
}

function associationOf(document: SbmlDocument, reaction: Reaction, genes: string[]): GeneAssociation | undefined {
  const text = noteOf(reaction, /\bGENE[_ ]ASSOCIATION\s*:/);
  if (text === undefined) return undefined;
  const geneOf = (name: string): number => {
    const known = genes.indexOf(name);
    return known < 0 ? genes.push(name) - 1 : known;
  };
  const named = (rule: GeneRule): GeneAssociation =>
    rule.kind === "gene"
      ? { kind: "gene", geneProduct: genes[rule.gene] ?? "" }
      : { kind: rule.kind, of: rule.of.map(named) };
  try {
    return named(parseRule(text, geneOf));
  } catch (cause) {
    const message = `reaction '${reaction.id}': gene association in the notes: ${(cause as Error).message}`;
    throw fault(document, "gene-rule", reaction.line, message);
  }
}

function withNotes(species: Species): Species {
  const formula = species.chemicalFormula ?? noteOf(species, /\bFORMULA\s*:/);
  const charge = species.charge ?? Number(noteOf(species, /\bCHARGE\s*:/) ?? Number.NaN);
  return {
    ...species,
    ...(formula === undefined ? {} : { chemicalFormula: formula }),
    ...(Number.isNaN(charge) ? {} : { charge }),
  };
}

/** What a reader should know of a document of the old kind. */
export function legacyRemarks(document: SbmlDocument): string[] {
  const left = document.species.filter(({ id, boundaryCondition }) => id.endsWith("_b") && !boundaryCondition);
  const kept =
    left.length === 0 ? "" : `; ${left.length} species end in _b and aren't marked as boundary: they are balanced`;
  return [`no fbc: bounds, objective and gene rules are read from kinetic laws and notes${kept}`];
}
