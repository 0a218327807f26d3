import type { ConstantNode } from "mathjs";
import { attribute } from "../attributes.ts";
import type { Part } from "../comp/instance.ts";
import { readMathOf } from "../mathml.ts";
import { listOf, setDefault, takeAttribute } from "./build.ts";
import { type Conversion, inexpressible, keepFormer } from "./conversion.ts";
import { writeUnits } from "./predefined-units.ts";

/** Attributes that Level 3 requires where Level 2 has a default. @see SBML Level 2 Version 5, sections 4.4 to 4.14 */
const DEFAULTS: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map([
  [
    "unit",
    [
      ["exponent", "1"],
      ["scale", "0"],
      ["multiplier", "1"],
    ],
  ],
  [
    "compartment",
    [
      ["spatialDimensions", "3"],
      ["constant", "true"],
    ],
  ],
  [
    "species",
    [
      ["hasOnlySubstanceUnits", "false"],
      ["boundaryCondition", "false"],
      ["constant", "false"],
    ],
  ],
  ["parameter", [["constant", "true"]]],
  [
    "reaction",
    [
      ["reversible", "true"],
      ["fast", "false"],
    ],
  ],
  ["event", [["useValuesFromTriggerTime", "true"]]],
  [
    "trigger",
    [
      ["initialValue", "true"],
      ["persistent", "true"],
    ],
  ],
]);

/** Attributes that Level 3 lacks, by element. */
const LOST: ReadonlyMap<string, readonly string[]> = new Map([
  ["compartment", ["outside", "compartmentType"]],
  ["species", ["speciesType", "charge", "spatialSizeUnits"]],
  ["kineticLaw", ["timeUnits", "substanceUnits"]],
  ["event", ["timeUnits"]],
]);

/**
 * Rewrites a model of Level 2 as one of Level 3, in place: defaults written out, units of the model, local parameters,
 * assignment rules for stoichiometries with mathematics. What Level 3 lacks is kept in annotations.
 * @see SBML Level 3 Version 1 Core, appendix on changes from Level 2
 */
export function fromLevel2(conversion: Conversion, model: Part): void {
  writeUnits(conversion, model);
  const ids = new Set<string>();
  collectIds(model, ids);
  rewrite(conversion, model, model, ids);
  for (const name of ["listOfCompartmentTypes", "listOfSpeciesTypes"]) {
    const list = model.children.find((c) => c.name === name);
    if (list === undefined) continue;
    model.children = model.children.filter((c) => c !== list);
    keepFormer(conversion, model, name, list);
  }
}

function collectIds(e: Part, ids: Set<string>): void {
  const id = attribute(e, "id");
  if (id !== undefined) ids.add(id.trim());
  for (const c of e.children) collectIds(c, ids);
}

function rewrite(conversion: Conversion, model: Part, e: Part, ids: Set<string>): void {
  if (e.uri !== conversion.context.core || e.name === "notes" || e.name === "annotation") return;
  for (const c of [...e.children]) rewrite(conversion, model, c, ids);
  for (const [name, value] of DEFAULTS.get(e.name) ?? []) setDefault(e, name, value);
  for (const name of LOST.get(e.name) ?? []) {
    const value = takeAttribute(e, name);
    if (value !== undefined) keepFormer(conversion, e, name, value);
  }
  if (e.name === "unit") rewriteUnit(conversion, e);
  if (e.name === "kineticLaw") rewriteLaw(conversion, e);
  if (e.name === "speciesReference") rewriteReference(conversion, model, e, ids);
}

function rewriteUnit(conversion: Conversion, e: Part): void {
  takeAttribute(e, "offset");
  if (attribute(e, "kind")?.trim() === "Celsius") inexpressible(conversion, e.line, "A unit is of the kind Celsius");
}

/** Parameters of a rate law are local, and nothing changes them. */
function rewriteLaw(conversion: Conversion, law: Part): void {
  for (const list of law.children.filter((c) => c.name === "listOfParameters")) {
    list.name = "listOfLocalParameters";
    for (const p of list.children) {
      if (p.name !== "parameter") continue;
      p.name = "localParameter";
      const constant = takeAttribute(p, "constant");
      if (constant?.trim() === "false" && conversion.context.level === 2)
        keepFormer(conversion, p, "constant", constant);
    }
  }
}

/** `stoichiometryMath` becomes a number where it is one, and else an assignment rule. */
function rewriteReference(conversion: Conversion, model: Part, e: Part, ids: Set<string>): void {
  const stoichiometry = e.children.find((c) => c.name === "stoichiometryMath" && c.uri === e.uri);
  const math = stoichiometry === undefined ? undefined : readMathOf(conversion.context, stoichiometry);
  if (stoichiometry === undefined || math === undefined) {
    setDefault(e, "stoichiometry", "1");
    setDefault(e, "constant", "true");
    return;
  }
  e.children = e.children.filter((c) => c !== stoichiometry);
  if (math.type === "ConstantNode" && typeof (math as ConstantNode).value === "number") {
    setDefault(e, "stoichiometry", String((math as ConstantNode).value));
    setDefault(e, "constant", "true");
    return;
  }
  setDefault(e, "id", unused(`stoichiometry_${attribute(e, "species")?.trim() ?? ""}`, ids));
  setDefault(e, "constant", "false");
  stoichiometry.name = "assignmentRule";
  setDefault(stoichiometry, "variable", attribute(e, "id") ?? "");
  listOf(model, "listOfRules").children.push(stoichiometry);
}

function unused(wanted: string, ids: Set<string>): string {
  let id = wanted;
  for (let n = 2; ids.has(id); n++) id = `${wanted}_${n}`;
  ids.add(id);
  return id;
}
