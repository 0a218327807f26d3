import { attribute } from "../attributes.ts";
import type { Part } from "../comp/instance.ts";
import { parseFormula } from "../formula.ts";
import { made, renameAttribute, setDefault, takeAttribute } from "./build.ts";
import { type Conversion, keepFormer } from "./conversion.ts";
import { mathElement } from "./math-elements.ts";

/** Level 1 spells two unit kinds as Americans do. */
const SPELLING: ReadonlyMap<string, string> = new Map([
  ["liter", "litre"],
  ["meter", "metre"],
]);

/** Rules of Level 1 and the attributes that name what they set. */
const RULES: ReadonlyMap<string, readonly string[]> = new Map([
  ["speciesConcentrationRule", ["species", "specie"]],
  ["specieConcentrationRule", ["specie", "species"]],
  ["compartmentVolumeRule", ["compartment"]],
  ["parameterRule", ["name"]],
]);

/**
 * Rewrites a model of Level 1 as one of Level 2, in place: ids, formulas as MathML, rules by what they do, and the
 * modifiers that Level 1 leaves unsaid. @see SBML Level 2 Version 5, appendix on changes from Level 1
 */
export function fromLevel1(conversion: Conversion, model: Part): void {
  const species = new Set<string>();
  for (const list of model.children.filter((c) => c.name === "listOfSpecies"))
    for (const s of list.children) species.add((attribute(s, "name") ?? "").trim());
  rewrite(conversion, model, species);
}

function rewrite(conversion: Conversion, e: Part, species: ReadonlySet<string>): void {
  if (e.uri !== conversion.context.core) return;
  if (e.name === "annotations") e.name = "annotation";
  if (e.name === "notes" || e.name === "annotation") return;
  for (const c of e.children) rewrite(conversion, c, species);
  const rule = RULES.get(e.name);
  if (rule !== undefined || e.name === "algebraicRule") rewriteRule(conversion, e, rule);
  else renameAttribute(e, "name", "id");
  respell(e);
  if (e.name === "specie") e.name = "species";
  if (e.name === "specieReference") e.name = "speciesReference";
  if (e.name === "kineticLaw") formulaToMath(conversion, e);
  if (e.name === "compartment") {
    renameAttribute(e, "volume", "size");
    setDefault(e, "size", "1");
    setDefault(e, "constant", "false");
  }
  if (e.name === "parameter") setDefault(e, "constant", "false");
  if (e.name === "species") renameAttribute(e, "units", "substanceUnits");
  if (e.name === "speciesReference") rewriteReference(e);
  if (e.name === "reaction") addModifiers(conversion, e, species);
}

function rewriteRule(conversion: Conversion, e: Part, targets: readonly string[] | undefined): void {
  const key = targets?.find((name) => attribute(e, name) !== undefined);
  if (key !== undefined) renameAttribute(e, key, "variable");
  const units = takeAttribute(e, "units");
  const type = takeAttribute(e, "type");
  if (targets !== undefined) e.name = type === "rate" ? "rateRule" : "assignmentRule";
  if (units !== undefined) keepFormer(conversion, e, "units", units);
  formulaToMath(conversion, e);
}

function formulaToMath(conversion: Conversion, e: Part): void {
  const formula = takeAttribute(e, "formula");
  if (formula === undefined) return;
  const at = e.children.findIndex((c) => c.name !== "notes" && c.name !== "annotation");
  const math = mathElement(parseFormula(conversion.context, e, formula));
  e.children.splice(at < 0 ? e.children.length : at, 0, math);
}

function respell(e: Part): void {
  e.attributes = e.attributes.map((a) =>
    ["kind", "units", "substanceUnits", "timeUnits"].includes(a.name)
      ? { ...a, value: SPELLING.get(a.value.trim()) ?? a.value }
      : a,
  );
}

/** A stoichiometry is a number over a denominator. */
function rewriteReference(e: Part): void {
  renameAttribute(e, "specie", "species");
  const denominator = takeAttribute(e, "denominator");
  const numerator = attribute(e, "stoichiometry") ?? "1";
  if (denominator === undefined) return;
  takeAttribute(e, "stoichiometry");
  setDefault(e, "stoichiometry", String(Number(numerator) / Number(denominator)));
}

/** Species that a rate law reads must be reactants, products or modifiers from Level 2 on (SBML rule 21121). */
function addModifiers({ context }: Conversion, reaction: Part, species: ReadonlySet<string>): void {
  const law = reaction.children.find((c) => c.name === "kineticLaw");
  if (law === undefined) return;
  const named = new Set<string>();
  for (const list of reaction.children)
    for (const c of list.children) named.add((attribute(c, list.name === "kineticLaw" ? "" : "species") ?? "").trim());
  for (const list of law.children)
    for (const local of list.children) named.add((attribute(local, "id") ?? attribute(local, "name") ?? "").trim());
  const modifiers = [...namesIn(law)].filter((id) => species.has(id) && !named.has(id));
  if (modifiers.length === 0) return;
  const children = modifiers.map((id) =>
    made("modifierSpeciesReference", context.core, { attributes: [["species", id]], line: law.line }),
  );
  reaction.children.splice(reaction.children.indexOf(law), 0, made("listOfModifiers", context.core, { children }));
}

function namesIn(part: Part): Set<string> {
  const out = new Set<string>();
  const walk = (p: Part): void => {
    if (p.name === "ci") out.add(p.text.trim());
    p.children.forEach(walk);
  };
  walk(part);
  return out;
}
