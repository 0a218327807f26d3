import { attribute, booleanOr, optionalBoolean, optionalId, optionalNumber, requiredId } from "./attributes.ts";
import { child, members, type ReadContext, refuse, warn } from "./context.ts";
import type { Compartment, FunctionDefinition, SbmlDocument, Species, Unit, UnitDefinition } from "./document.ts";
import { readFbc, readFbcSpecies } from "./fbc.ts";
import { applyFluxBounds } from "./fbc-v1.ts";
import { readLambda } from "./mathml.ts";
import { MATHML } from "./namespaces.ts";
import { readGroups } from "./packages/groups.ts";
import { readLayouts } from "./packages/layout.ts";
import { readQual } from "./packages/qual.ts";
import { readEvents } from "./read-events.ts";
import { readParameter } from "./read-parameter.ts";
import { readReactions } from "./read-reactions.ts";
import { readInitialAssignments, readRules } from "./read-rules.ts";
import { readSBase } from "./sbase.ts";
import type { XmlElement } from "./xml.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The model element of a file as a document. */
export function readModel(context: ReadContext, model: XmlElement): SbmlDocument {
  const base = readSBase(context, model, false);
  for (const constraint of members(context, model, "listOfConstraints", "constraint"))
    warn(context, constraint, "the constraint is kept out of simulation: constraints are not monitored");
  const bounds = applyFluxBounds(context, model, readReactions(context, model));
  const document: Mutable<SbmlDocument> = {
    file: context.file,
    level: context.level,
    version: context.version,
    packages: context.packages,
    id: base.id,
    ...(base.name === undefined ? {} : { name: base.name }),
    ...(base.notes === undefined ? {} : { notes: base.notes }),
    ...(base.resources === undefined ? {} : { resources: base.resources }),
    ...modelUnits(context, model),
    unitDefinitions: readUnitDefinitions(context, model),
    functionDefinitions: readFunctions(context, model),
    compartments: members(context, model, "listOfCompartments", "compartment").map((e) => readCompartment(context, e)),
    species: readAllSpecies(context, model),
    parameters: [
      ...members(context, model, "listOfParameters", "parameter").map((e) => readParameter(context, e)),
      ...bounds.parameters,
    ],
    initialAssignments: readInitialAssignments(context, model),
    rules: readRules(context, model),
    reactions: bounds.reactions,
    events: readEvents(context, model),
    ...readFbc(context, model),
    ...readPackageLists(context, model),
    warnings: context.warnings,
  };
  requireUniqueIds(context, document);
  return document;
}

type PackageLists = Pick<SbmlDocument, "groups" | "layouts" | "qualitative">;

/** What packages beside fbc add to a model, where they add something. */
function readPackageLists(context: ReadContext, model: XmlElement): PackageLists {
  const has = (name: string): boolean => context.packages.has(name);
  const qualitative = has("qual") ? readQual(context, model) : undefined;
  return {
    ...(has("groups") ? { groups: readGroups(context, model) } : {}),
    ...(has("layout") ? { layouts: readLayouts(context, model) } : {}),
    ...(qualitative === undefined ? {} : { qualitative }),
  };
}

const MODEL_UNITS = ["timeUnits", "substanceUnits", "extentUnits", "volumeUnits", "conversionFactor"] as const;

function modelUnits(context: ReadContext, model: XmlElement): Partial<Record<(typeof MODEL_UNITS)[number], string>> {
  const out: Partial<Record<(typeof MODEL_UNITS)[number], string>> = {};
  for (const name of MODEL_UNITS) {
    const value = optionalId(context, model, name);
    if (value !== undefined) out[name] = value;
  }
  return out;
}

function readUnitDefinitions(context: ReadContext, model: XmlElement): UnitDefinition[] {
  return members(context, model, "listOfUnitDefinitions", "unitDefinition").map((e) => ({
    ...readSBase(context, e, true),
    units: members(context, e, "listOfUnits", "unit").map((unit) => readUnit(context, unit)),
  }));
}

function readUnit(context: ReadContext, e: XmlElement): Unit {
  if (optionalNumber(context, e, "offset"))
    refuse(context, e, "sbml/unsupported", "A unit with an offset is not supported");
  return {
    kind: requiredId(context, e, "kind"),
    exponent: optionalNumber(context, e, "exponent") ?? 1,
    scale: optionalNumber(context, e, "scale") ?? 0,
    multiplier: optionalNumber(context, e, "multiplier") ?? 1,
  };
}

function readFunctions(context: ReadContext, model: XmlElement): FunctionDefinition[] {
  const out: FunctionDefinition[] = [];
  for (const e of members(context, model, "listOfFunctionDefinitions", "functionDefinition")) {
    let lambda = child(e, "math", MATHML)?.children[0];
    if (lambda?.name === "semantics") lambda = lambda.children[0];
    if (lambda !== undefined && lambda.name !== "lambda")
      refuse(
        context,
        lambda,
        "sbml/math",
        `Got <${lambda.name}> in a function definition when <lambda> was expected (SBML rule 20301)`,
      );
    const { parameters, body } =
      lambda === undefined ? { parameters: [], body: undefined } : readLambda(context, lambda);
    if (body === undefined)
      warn(context, e, `function '${attribute(e, "id") ?? ""}' has no mathematics and cannot be called`);
    else {
      const derivative = standsForRateOf(context, e) ? { isRateOf: true } : {};
      out.push({ ...readSBase(context, e, true), arguments: parameters, body, ...derivative });
    }
  }
  return out;
}

/** `<symbols definition=".../Derivative">` in the annotation of a function definition. */
function standsForRateOf(context: ReadContext, e: XmlElement): boolean {
  const symbols = child(e, "annotation", context.core)?.children.find((c) => c.name === "symbols");
  return symbols !== undefined && (attribute(symbols, "definition") ?? "").endsWith("/Derivative");
}

function readCompartment(context: ReadContext, e: XmlElement): Compartment {
  const l1 = context.level === 1;
  const out: Mutable<Compartment> = {
    ...readSBase(context, e, true),
    spatialDimensions: optionalNumber(context, e, "spatialDimensions") ?? 3,
    size: optionalNumber(context, e, l1 ? "volume" : "size") ?? (l1 ? 1 : undefined),
    constant: l1 ? false : booleanOr(context, e, "constant", true),
  };
  const units = optionalId(context, e, "units");
  if (units !== undefined) out.units = units;
  return out;
}

function readAllSpecies(context: ReadContext, model: XmlElement): Species[] {
  const items = members(context, model, "listOfSpecies", "species");
  const early = context.level === 1 ? members(context, model, "listOfSpecies", "specie") : [];
  return [...items, ...early].map((e) => readSpecies(context, e));
}

function readSpecies(context: ReadContext, e: XmlElement): Species {
  const out: Mutable<Species> = {
    ...readSBase(context, e, true),
    compartment: requiredId(context, e, "compartment"),
    initialAmount: optionalNumber(context, e, "initialAmount"),
    initialConcentration: optionalNumber(context, e, "initialConcentration"),
    hasOnlySubstanceUnits: context.level === 1 ? false : booleanOr(context, e, "hasOnlySubstanceUnits", false),
    boundaryCondition:
      context.level === 1
        ? (optionalBoolean(context, e, "boundaryCondition") ?? false)
        : booleanOr(context, e, "boundaryCondition", false),
    constant: context.level === 1 ? false : booleanOr(context, e, "constant", false),
    ...readFbcSpecies(context, e),
  };
  if (out.initialAmount !== undefined && out.initialConcentration !== undefined)
    refuse(
      context,
      e,
      "sbml/both-initials",
      `Species '${out.id}' has both initialAmount and initialConcentration`,
      "keep one (SBML rule 20609)",
    );
  const substance = optionalId(context, e, context.level === 1 ? "units" : "substanceUnits");
  if (substance !== undefined) out.substanceUnits = substance;
  const factor = optionalId(context, e, "conversionFactor");
  if (factor !== undefined) out.conversionFactor = factor;
  const charge = optionalNumber(context, e, "charge");
  if (charge !== undefined) out.charge = charge;
  return out;
}

/** Ids of one namespace of names: everything a formula or a rule can name (SBML rule 10301). */
function requireUniqueIds(context: ReadContext, document: SbmlDocument): void {
  const seen = new Map<string, number>();
  const { functionDefinitions, compartments, species, parameters, reactions, events, geneProducts } = document;
  const references = reactions.flatMap((r) => [...r.reactants, ...r.products]);
  for (const e of [
    ...functionDefinitions,
    ...compartments,
    ...species,
    ...parameters,
    ...reactions,
    ...references,
    ...events,
    ...geneProducts,
  ]) {
    if (e.id === "") continue;
    const line = seen.get(e.id);
    if (line !== undefined)
      refuse(
        context,
        e,
        "sbml/duplicate-id",
        `The id '${e.id}' is already used at line ${line}`,
        "ids are unique in a model (SBML rule 10301)",
      );
    seen.set(e.id, e.line);
  }
}
