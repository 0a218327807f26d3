import { attribute, missing, optionalId, optionalNumber } from "./attributes.ts";
import { type ReadContext, refuse } from "./context.ts";
import type {
  FluxObjective,
  GeneAssociation,
  GeneProduct,
  Objective,
  Reaction,
  SbmlDocument,
  Species,
} from "./document.ts";
import { readUserConstraints, readVariableType } from "./fbc-v3.ts";
import { packageOf } from "./namespaces.ts";
import { readSBase } from "./sbase.ts";
import type { XmlElement } from "./xml.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type FbcModel = Pick<SbmlDocument, "geneProducts" | "objectives" | "activeObjective" | "strict" | "userConstraints">;

/** Whether a namespace is that of the Flux Balance Constraints package. */
export function isFbc(uri: string): boolean {
  return packageOf(uri)?.name === "fbc";
}

/**
 * Gene products, objectives, constraints and strictness of a model.
 * @see SBML Level 3 fbc Version 2, doi:10.1515/jib-2017-0082; Version 3
 */
export function readFbc(context: ReadContext, model: XmlElement): FbcModel {
  const objectives = fbcChild(model, "listOfObjectives");
  const out: Mutable<FbcModel> = {
    geneProducts: fbcItems(model, "listOfGeneProducts", "geneProduct").map((e) => readGeneProduct(context, e)),
    objectives: (objectives?.children ?? [])
      .filter((e) => e.name === "objective")
      .map((e) => readObjective(context, e)),
    activeObjective: objectives === undefined ? undefined : fbcId(context, objectives, "activeObjective"),
  };
  const constraints = readUserConstraints(context, model);
  if (constraints.length > 0) out.userConstraints = constraints;
  const strict = fbcValue(model, "strict");
  if (strict !== undefined) out.strict = strict.trim() === "true" || strict.trim() === "1";
  return out;
}

/** Charge and formula of a species. */
export function readFbcSpecies(
  context: ReadContext,
  e: XmlElement,
): Partial<Pick<Species, "charge" | "chemicalFormula">> {
  const out: Mutable<Partial<Pick<Species, "charge" | "chemicalFormula">>> = {};
  const uri = fbcUri(e, "charge");
  const charge = uri === undefined ? undefined : optionalNumber(context, e, "charge", uri);
  if (charge !== undefined) out.charge = charge;
  const formula = fbcValue(e, "chemicalFormula");
  if (formula !== undefined && formula !== "") out.chemicalFormula = formula;
  return out;
}

type FbcReaction = Partial<Pick<Reaction, "lowerFluxBound" | "upperFluxBound" | "geneProductAssociation">>;

/** Flux bounds and gene association of a reaction. */
export function readFbcReaction(context: ReadContext, e: XmlElement): FbcReaction {
  const out: Mutable<FbcReaction> = {};
  const lower = fbcId(context, e, "lowerFluxBound");
  if (lower !== undefined) out.lowerFluxBound = lower;
  const upper = fbcId(context, e, "upperFluxBound");
  if (upper !== undefined) out.upperFluxBound = upper;
  const association = fbcChild(e, "geneProductAssociation")?.children.find((c) => isFbc(c.uri));
  if (association !== undefined) out.geneProductAssociation = readAssociation(context, association);
  return out;
}

function readAssociation(context: ReadContext, e: XmlElement): GeneAssociation {
  if (e.name === "geneProductRef")
    return { kind: "gene", geneProduct: fbcId(context, e, "geneProduct") ?? missing(context, e, "fbc:geneProduct") };
  if (e.name !== "and" && e.name !== "or")
    refuse(context, e, "sbml/unsupported", `<${e.name}> in a gene product association is not supported`);
  return { kind: e.name, of: e.children.filter((c) => isFbc(c.uri)).map((c) => readAssociation(context, c)) };
}

function readGeneProduct(context: ReadContext, e: XmlElement): GeneProduct {
  const base = readSBase(context, e, false);
  const id = fbcId(context, e, "id") ?? missing(context, e, "fbc:id");
  const out: Mutable<GeneProduct> = { ...base, id, label: fbcValue(e, "label") ?? id };
  const name = fbcValue(e, "name");
  if (name !== undefined) out.name = name;
  const species = fbcId(context, e, "associatedSpecies");
  if (species !== undefined) out.associatedSpecies = species;
  return out;
}

function readObjective(context: ReadContext, e: XmlElement): Objective {
  const type = fbcValue(e, "type");
  if (type !== "maximize" && type !== "minimize")
    refuse(context, e, "sbml/objective", `Got fbc:type="${type ?? ""}" when maximize or minimize was expected`);
  return {
    ...readSBase(context, e, false),
    id: fbcId(context, e, "id") ?? missing(context, e, "fbc:id"),
    type,
    fluxObjectives: fbcItems(e, "listOfFluxObjectives", "fluxObjective").map((f) => readFluxObjective(context, f)),
  };
}

function readFluxObjective(context: ReadContext, f: XmlElement): FluxObjective {
  const type = readVariableType(context, f);
  const second = fbcId(context, f, "reaction2");
  return {
    reaction: fbcId(context, f, "reaction") ?? missing(context, f, "fbc:reaction"),
    coefficient:
      optionalNumber(context, f, "coefficient", fbcUri(f, "coefficient") ?? "") ??
      missing(context, f, "fbc:coefficient"),
    ...(type === undefined ? {} : { variableType: type }),
    ...(second === undefined ? {} : { reaction2: second }),
  };
}

function fbcChild(e: XmlElement, name: string): XmlElement | undefined {
  return e.children.find((c) => c.name === name && isFbc(c.uri));
}

export function fbcItems(e: XmlElement, list: string, item: string): XmlElement[] {
  return (fbcChild(e, list)?.children ?? []).filter((c) => c.name === item && isFbc(c.uri));
}

/** The namespace under which an element carries an fbc attribute. */
export function fbcUri(e: XmlElement, name: string): string | undefined {
  return e.attributes.find((a) => a.name === name && a.uri !== "" && isFbc(a.uri))?.uri;
}

export function fbcValue(e: XmlElement, name: string): string | undefined {
  const uri = fbcUri(e, name);
  return uri === undefined ? undefined : attribute(e, name, uri);
}

export function fbcId(context: ReadContext, e: XmlElement, name: string): string | undefined {
  const uri = fbcUri(e, name);
  return uri === undefined ? undefined : optionalId(context, e, name, uri);
}
