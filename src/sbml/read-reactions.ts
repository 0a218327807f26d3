import { attribute, booleanOr, optionalBoolean, optionalNumber, requiredId } from "./attributes.ts";
import { child, members, type ReadContext, warn } from "./context.ts";
import type { KineticLaw, Reaction, SpeciesReference } from "./document.ts";
import { readFbcReaction } from "./fbc.ts";
import { readMathOf } from "./mathml.ts";
import { readParameter } from "./read-parameter.ts";
import { readMathOrFormula } from "./read-rules.ts";
import { readSBase } from "./sbase.ts";
import type { XmlElement } from "./xml.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reactions in document order. */
export function readReactions(context: ReadContext, model: XmlElement): Reaction[] {
  return members(context, model, "listOfReactions", "reaction").map((e) => ({
    ...readSBase(context, e, true),
    reversible: booleanWithDefault(context, e, "reversible", true),
    fast: optionalBoolean(context, e, "fast") ?? false,
    reactants: readReferences(context, e, "listOfReactants"),
    products: readReferences(context, e, "listOfProducts"),
    modifiers: members(context, e, "listOfModifiers", "modifierSpeciesReference").map((m) =>
      requiredId(context, m, "species"),
    ),
    kineticLaw: readKineticLaw(context, e),
    ...readFbcReaction(context, e),
  }));
}

function booleanWithDefault(context: ReadContext, e: XmlElement, name: string, fallback: boolean): boolean {
  return context.level === 1 ? (optionalBoolean(context, e, name) ?? fallback) : booleanOr(context, e, name, fallback);
}

function readReferences(context: ReadContext, reaction: XmlElement, list: string): SpeciesReference[] {
  const items = members(context, reaction, list, "speciesReference");
  const early = context.level === 1 ? members(context, reaction, list, "specieReference") : [];
  return [...items, ...early].map((e) => readReference(context, e));
}

function readReference(context: ReadContext, e: XmlElement): SpeciesReference {
  if (context.level === 1) return readLevel1Reference(context, e);
  const given = optionalNumber(context, e, "stoichiometry");
  const math = child(e, "stoichiometryMath", context.core);
  const expression = math === undefined ? undefined : readMathOf(context, math);
  const out: Mutable<SpeciesReference> = {
    ...readSBase(context, e, false),
    species: requiredId(context, e, "species"),
    stoichiometry: given ?? (context.level < 3 && expression === undefined ? 1 : undefined),
    constant: context.level < 3 ? expression === undefined : booleanOr(context, e, "constant", true),
  };
  if (expression !== undefined) out.stoichiometryMath = expression;
  return out;
}

/** Level 1: integers `stoichiometry` over `denominator`, and `specie` in Version 1. */
function readLevel1Reference(context: ReadContext, e: XmlElement): SpeciesReference {
  const species = attribute(e, "species") === undefined ? "specie" : "species";
  const numerator = optionalNumber(context, e, "stoichiometry") ?? 1;
  return {
    id: "",
    line: e.line,
    species: requiredId(context, e, species),
    stoichiometry: numerator / (optionalNumber(context, e, "denominator") ?? 1),
    constant: true,
  };
}

/** The kinetic law; one without mathematics counts as absent. */
function readKineticLaw(context: ReadContext, reaction: XmlElement): KineticLaw | undefined {
  const e = child(reaction, "kineticLaw", context.core);
  if (e === undefined) return undefined;
  const math = readMathOrFormula(context, e);
  if (math === undefined) {
    warn(context, e, "the kinetic law has no mathematics and counts as absent");
    return undefined;
  }
  const [list, item] =
    context.level === 3 ? ["listOfLocalParameters", "localParameter"] : ["listOfParameters", "parameter"];
  const localParameters = members(context, e, list ?? "", item ?? "").map((p) => readParameter(context, p, true));
  return { math, localParameters, line: e.line };
}
