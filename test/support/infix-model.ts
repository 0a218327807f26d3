import type { SbmlDocument } from "../../src/sbml/document.ts";
import { readSbml } from "../../src/sbml/read.ts";

type Formulas = Readonly<Record<string, string>>;
type Numbers = Readonly<Record<string, number>>;

/**
 * Differential equations as an SBML Level 1 model, in which formulas stand in infix.
 * @param rates dy/dt by id
 * @param given values at the start (0 where absent), constants, and quantities assigned in the order written
 */
export function infixModel(
  rates: Formulas,
  { start = {}, constants = {}, rules = {} }: { start?: Numbers; constants?: Numbers; rules?: Formulas } = {},
): SbmlDocument {
  const parameter = (id: string, value: number): string => `<parameter name="${id}" value="${value}"/>`;
  const parameters = [
    ...Object.entries(constants).map(([id, value]) => parameter(id, value)),
    ...Object.keys(rules).map((id) => parameter(id, 0)),
    ...Object.keys(rates).map((id) => parameter(id, start[id] ?? 0)),
  ];
  const rule = (id: string, formula: string, type: string): string =>
    `<parameterRule name="${id}" formula="${formula}" type="${type}"/>`;
  const listed = [
    ...Object.entries(rules).map(([id, formula]) => rule(id, formula, "scalar")),
    ...Object.entries(rates).map(([id, formula]) => rule(id, formula, "rate")),
  ];
  return readSbml(`<?xml version="1.0" encoding="UTF-8"?>
    <sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model name="problem">
    <listOfCompartments><compartment name="c" volume="1"/></listOfCompartments>
    <listOfParameters>${parameters.join("")}</listOfParameters>
    <listOfRules>${listed.join("")}</listOfRules></model></sbml>`);
}
