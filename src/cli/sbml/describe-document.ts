import { CellweaveError } from "../../errors.ts";
import { compilePathway } from "../../pathway/code/compile.ts";
import { classify } from "../../pathway/network/classify.ts";
import { conservedMoieties, moietyText } from "../../pathway/steady/moieties.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { isFluxBalance } from "../../sbml/flux-balance.ts";

export interface DocumentInfo {
  readonly title: string;
  /** What there is, where there is any. */
  readonly counts: readonly (readonly [string, number])[];
  readonly facts: readonly (readonly [string, string])[];
  readonly notes?: string;
}

/** Counts and facts of a document, with what a simulation would say. */
export function describeDocument(document: SbmlDocument): DocumentInfo {
  const { level, version, id, name, packages, resources = [], notes } = document;
  const facts: [string, string][] = [["SBML", `Level ${level} Version ${version}`]];
  if (packages.size > 0) facts.push(["packages", [...packages].map(([p, v]) => `${p} v${v}`).join(", ")]);
  facts.push(...units(document));
  if (document.objectives.length > 0) facts.push(["objective", objective(document)]);
  if (resources.length > 0) facts.push(["sources", resources.join(" ")]);
  facts.push(["time course", simulates(document)]);
  facts.push(...determined(document));
  if (!isFluxBalance(document)) facts.push(...conserved(document));
  facts.push(["warnings", document.warnings.length === 0 ? "none" : document.warnings.join("; ")]);
  const title = name === undefined || name === id ? id || "(no id)" : `${id || "(no id)"}: ${name}`;
  return { title, counts: counts(document), facts, ...(notes === undefined ? {} : { notes }) };
}

function counts(d: SbmlDocument): [string, number][] {
  const rules = (kind: string): number => d.rules.filter((r) => r.kind === kind).length;
  const all: [string, number][] = [
    ["compartments", d.compartments.length],
    ["species", d.species.length],
    ["parameters", d.parameters.length],
    ["reactions", d.reactions.length],
    ["  with kinetic law", d.reactions.filter((r) => r.kineticLaw !== undefined).length],
    ["  with flux bounds", d.reactions.filter((r) => r.lowerFluxBound !== undefined).length],
    ["assignment rules", rules("assignment")],
    ["rate rules", rules("rate")],
    ["algebraic rules", rules("algebraic")],
    ["initial assignments", d.initialAssignments.length],
    ["functions", d.functionDefinitions.length],
    ["events", d.events.length],
    ["gene products", d.geneProducts.length],
    ["objectives", d.objectives.length],
    ["user-defined constraints", d.userConstraints?.length ?? 0],
    ["qualitative species", d.qualitative?.species.length ?? 0],
    ["transitions", d.qualitative?.transitions.length ?? 0],
    ["groups", d.groups?.length ?? 0],
    ["layouts", d.layouts?.length ?? 0],
    ["  with glyphs", d.layouts?.reduce((sum, l) => sum + l.glyphs.length, 0) ?? 0],
    ["unit definitions", d.unitDefinitions.length],
  ];
  return all.filter(([, n]) => n > 0);
}

function units(d: SbmlDocument): [string, string][] {
  const given: [string, string | undefined][] = [
    ["time", d.timeUnits],
    ["substance", d.substanceUnits],
    ["volume", d.volumeUnits],
    ["extent", d.extentUnits],
  ];
  const known = given.filter(([, unit]) => unit !== undefined).map(([what, unit]) => `${what} ${unit}`);
  return known.length === 0 ? [] : [["units", known.join(", ")]];
}

function objective(d: SbmlDocument): string {
  const active = d.objectives.find((o) => o.id === d.activeObjective) ?? d.objectives[0];
  const terms = active?.fluxObjectives.map((f) =>
    f.coefficient === 1 ? f.reaction : `${f.coefficient} ${f.reaction}`,
  );
  return `${active?.type ?? ""} ${terms?.join(" + ") ?? ""}`;
}

/** Which quantity each algebraic rule determines. */
function determined(document: SbmlDocument): [string, string][] {
  const rules = document.rules.filter((r) => r.kind === "algebraic");
  if (rules.length === 0) return [];
  try {
    const { unknowns } = classify(document, new Set(), new Set());
    return rules.map((rule, i) => ["algebraic rule", `line ${rule.line} determines '${unknowns[i] ?? ""}'`]);
  } catch (error) {
    if (error instanceof CellweaveError) return [];
    throw error;
  }
}

/** What reactions conserve, a line each. */
function conserved(document: SbmlDocument): [string, string][] {
  return conservedMoieties(document).map((moiety) => ["conserved", moietyText(moiety)]);
}

/** Whether the model can be integrated, and if not, why. */
function simulates(document: SbmlDocument): string {
  try {
    const pathway = compilePathway(document);
    const { states, events } = pathway;
    if (isFluxBalance(document)) return "none: a flux balance model";
    return `${states.length} states${events.length === 0 ? "" : `, ${events.length} events`}`;
  } catch (error) {
    if (error instanceof CellweaveError) return `refused: ${error.format()}`;
    throw error;
  }
}
