import { describe, expect, test } from "vitest";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { requireNoConstraints } from "../../../src/metabolism/model/flux-model.ts";
import { fluxModel } from "../../../src/metabolism/read/read-model.ts";
import { readSbml } from "../../../src/sbml/read.ts";

const FBC = "http://www.sbml.org/sbml/level3/version1/fbc/version3";
const term = (coefficient: string, variable: string, more = 'fbc:variableType="linear"'): string =>
  `<fbc:userDefinedConstraintComponent fbc:coefficient="${coefficient}" fbc:variable="${variable}" ${more}/>`;
const constraint = (id: string, terms: string, lower = "minus", upper = "four"): string =>
  `<fbc:userDefinedConstraint fbc:id="${id}" fbc:lowerBound="${lower}" fbc:upperBound="${upper}">
  <fbc:listOfUserDefinedConstraintComponents>${terms}</fbc:listOfUserDefinedConstraintComponents></fbc:userDefinedConstraint>`;
const side = (list: string): string =>
  `<listOf${list}><speciesReference species="M_A" stoichiometry="1" constant="true"/></listOf${list}>`;
const reaction = (id: string, sides: string): string =>
  `<reaction id="${id}" reversible="false" fast="false" fbc:lowerFluxBound="zero" fbc:upperFluxBound="ten">${sides}</reaction>`;

/** A comes in by either of two ways and leaves by one that counts; each flux is at most 10. */
const model = (constraints: string): string =>
  `<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" xmlns:fbc="${FBC}" fbc:required="false" level="3" version="1"><model id="m" fbc:strict="false">
  <listOfCompartments><compartment id="c" spatialDimensions="3" size="1" constant="true"/></listOfCompartments>
  <listOfSpecies><species id="M_A" compartment="c" hasOnlySubstanceUnits="true" boundaryCondition="false" constant="false"/></listOfSpecies>
  <listOfParameters>${Object.entries({ minus: -Infinity, zero: 0, one: 1, two: 2, four: 4, ten: 10 })
    .map(([id, v]) => `<parameter id="${id}" value="${v === -Infinity ? "-INF" : v}" constant="true"/>`)
    .join("")}<parameter id="x" constant="false"/></listOfParameters>
  <listOfReactions>${reaction("R_a", side("Products"))}${reaction("R_b", side("Products"))}${reaction("R_out", side("Reactants"))}</listOfReactions>
  <fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize"><fbc:listOfFluxObjectives>
    <fbc:fluxObjective fbc:reaction="R_out" fbc:coefficient="1" fbc:variableType="linear"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>
  <fbc:listOfUserDefinedConstraints>${constraints}</fbc:listOfUserDefinedConstraints></model></sbml>`;
const read = (constraints: string) => fluxModel(readSbml(model(constraints)));

async function fluxes(constraints: string): Promise<Map<string, number>> {
  const found = read(constraints);
  const solution = await fba(found);
  if (solution.status !== "optimal") throw new Error(solution.message);
  return new Map(found.reactions.map(({ id }, j) => [id, solution.fluxes[j] ?? Number.NaN]));
}

describe("user-defined constraints (fbc v3)", () => {
  test("bound a sum of fluxes, and the sum is shown under the constraint's id", async () => {
    const v = await fluxes(constraint("uc", term("one", "R_a") + term("two", "R_b")));
    expect(v.get("out")).toBeCloseTo(4, 9);
    expect(v.get("uc")).toBeCloseTo(4, 9);
    expect(v.get("a")).toBeCloseTo(4, 9);
  });

  test("a parameter that may vary is a variable of its own, shared between constraints", async () => {
    const shared = constraint("u1", term("one", "R_out") + term("two", "x"), "zero", "zero");
    const v = await fluxes(shared + constraint("u2", term("one", "x"), "minus", "zero"));
    expect(v.get("out")).toBeCloseTo(10, 9);
    expect(v.get("x")).toBeCloseTo(-5, 9);
    expect(v.get("u2")).toBeCloseTo(-5, 9);
  });

  test("exchanges and reactions stay what they are", () => {
    const found = read(constraint("out", term("one", "R_out")));
    expect(found.reactions.map(({ id, boundary, auxiliary }) => [id, boundary, auxiliary === true])).toEqual([
      ["a", true, false],
      ["b", true, false],
      ["out", true, false],
      ["constraint:out", false, true],
    ]);
    expect(() => requireNoConstraints(found, "moma")).toThrow("moma of a model with user-defined constraints");
  });

  test("names and numbers that are wrong are refused", () => {
    expect(() => read(constraint("u", term("one", "R_aa")))).toThrow("a constraint names 'R_aa', which is no reaction");
    expect(() => read(constraint("u", term("none", "R_a")))).toThrow("the coefficient of a constraint is 'none'");
    expect(() => read(constraint("u", term("one", "R_a"), "ten", "one"))).toThrow("cannot hold: bounds 10 to 1");
    const quadratic = term("one", "R_a", 'fbc:variableType="quadratic"');
    expect(() => read(constraint("u", quadratic))).toThrow(
      "a quadratic term of 'R_a' in a constraint is not supported",
    );
  });
});
