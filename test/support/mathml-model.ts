import type { SbmlDocument } from "../../src/sbml/document.ts";
import { readSbml } from "../../src/sbml/read.ts";

/** MathML of a formula in prefix form: `["times", "a", ["plus", 1, "b"]]`. */
export type Formula = number | string | readonly [string, ...Formula[]];

export interface SmallModel {
  readonly id: string;
  /** Parameters with their values at the start. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Rate rules. */
  readonly rates: Readonly<Record<string, Formula>>;
  /** Events: when a formula becomes true, parameters take values. */
  readonly events?: readonly { readonly when: Formula; readonly set: Readonly<Record<string, Formula>> }[];
}

/** A small SBML document from rate rules, read as any file would be. */
export function smallModel({ id, parameters, rates, events = [] }: SmallModel): SbmlDocument {
  const listed = Object.entries(parameters)
    .map(([name, value]) => `<parameter id="${name}" value="${value}" constant="false"/>`)
    .join("");
  const rules = Object.entries(rates)
    .map(([variable, formula]) => `<rateRule variable="${variable}">${math(formula)}</rateRule>`)
    .join("");
  const fired = events.map(({ when, set }, i) => {
    const assignments = Object.entries(set)
      .map(([variable, formula]) => `<eventAssignment variable="${variable}">${math(formula)}</eventAssignment>`)
      .join("");
    return `<event id="e${i}" useValuesFromTriggerTime="true">
      <trigger initialValue="false" persistent="true">${math(when)}</trigger>
      <listOfEventAssignments>${assignments}</listOfEventAssignments></event>`;
  });
  const listOfEvents = fired.length > 0 ? `<listOfEvents>${fired.join("")}</listOfEvents>` : "";
  return readSbml(`<?xml version="1.0" encoding="UTF-8"?>
    <sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="${id}">
    <listOfParameters>${listed}</listOfParameters><listOfRules>${rules}</listOfRules>${listOfEvents}</model></sbml>`);
}

function math(formula: Formula): string {
  return `<math xmlns="http://www.w3.org/1998/Math/MathML">${node(formula)}</math>`;
}

function node(formula: Formula): string {
  if (typeof formula === "number") return `<cn>${formula}</cn>`;
  if (typeof formula === "string") return `<ci>${formula}</ci>`;
  const [operator, ...operands] = formula;
  return `<apply><${operator}/>${operands.map(node).join("")}</apply>`;
}
