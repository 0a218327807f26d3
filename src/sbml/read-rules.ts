import type { MathNode } from "mathjs";
import { attribute, requiredId } from "./attributes.ts";
import { members, type ReadContext, refuse, warn } from "./context.ts";
import type { InitialAssignment, Rule } from "./document.ts";
import { parseFormula } from "./formula.ts";
import { readMathOf } from "./mathml.ts";
import type { XmlElement } from "./xml.ts";

/** Initial assignments; one without mathematics counts as absent (SBML L3V2 Core, section 3.4). */
export function readInitialAssignments(context: ReadContext, model: XmlElement): InitialAssignment[] {
  const out: InitialAssignment[] = [];
  for (const e of members(context, model, "listOfInitialAssignments", "initialAssignment")) {
    const symbol = requiredId(context, e, "symbol");
    const math = readMathOf(context, e);
    if (math === undefined)
      warn(context, e, `the initial assignment of '${symbol}' has no mathematics and counts as absent`);
    else out.push({ symbol, math, line: e.line });
  }
  return out;
}

const KINDS: ReadonlyMap<string, Rule["kind"]> = new Map([
  ["assignmentRule", "assignment"],
  ["rateRule", "rate"],
  ["algebraicRule", "algebraic"],
]);

/** Level 1 names its rules by what they set, and the attribute that holds the id. */
const LEVEL1_TARGETS: ReadonlyMap<string, readonly string[]> = new Map([
  ["speciesConcentrationRule", ["species", "specie"]],
  ["specieConcentrationRule", ["specie", "species"]],
  ["compartmentVolumeRule", ["compartment"]],
  ["parameterRule", ["name"]],
]);

/** Rules in document order; one without mathematics counts as absent. */
export function readRules(context: ReadContext, model: XmlElement): Rule[] {
  const out: Rule[] = [];
  const list = model.children.find((c) => c.name === "listOfRules" && c.uri === context.core);
  for (const e of list?.children ?? []) {
    if (e.uri !== context.core || e.name === "notes" || e.name === "annotation") continue;
    const rule = readRule(context, e);
    if (rule !== undefined) out.push(rule);
  }
  return out;
}

function readRule(context: ReadContext, e: XmlElement): Rule | undefined {
  const targets = context.level === 1 ? LEVEL1_TARGETS.get(e.name) : undefined;
  const named = KINDS.get(e.name);
  if (named === undefined && targets === undefined)
    refuse(context, e, "sbml/unsupported", `<${e.name}> in <listOfRules> is not supported`);
  const kind = named ?? (attribute(e, "type") === "rate" ? "rate" : "assignment");
  const key = targets?.find((name) => attribute(e, name) !== undefined) ?? targets?.[0] ?? "variable";
  const variable = kind === "algebraic" ? "" : requiredId(context, e, key);
  const math = readMathOrFormula(context, e);
  if (math === undefined) {
    warn(
      context,
      e,
      `the ${kind} rule ${variable === "" ? "" : `of '${variable}' `}has no mathematics and counts as absent`,
    );
    return undefined;
  }
  return { kind, variable, math, line: e.line };
}

/** The mathematics of an element: MathML, or Level 1's formula. */
export function readMathOrFormula(context: ReadContext, e: XmlElement): MathNode | undefined {
  if (context.level > 1) return readMathOf(context, e);
  const formula = attribute(e, "formula");
  return formula === undefined ? undefined : parseFormula(context, e, formula);
}
