import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { simulate } from "../../../src/pathway/run/simulate.ts";
import { simulator } from "../../../src/pathway/run/simulator.ts";
import { readSbml } from "../../../src/sbml/read.ts";

const decay = readSbml(`<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="m">
<listOfCompartments><compartment id="c" size="2" constant="true"/></listOfCompartments>
<listOfSpecies><species id="S" compartment="c" initialAmount="6" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/></listOfSpecies>
<listOfParameters><parameter id="k" value="0.5" constant="true"/><parameter id="twice" constant="true"/></listOfParameters>
<listOfInitialAssignments><initialAssignment symbol="twice"><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><cn>2</cn><ci>k</ci></apply></math></initialAssignment></listOfInitialAssignments>
<listOfReactions><reaction id="r" reversible="false" fast="false"><listOfReactants><speciesReference species="S" stoichiometry="1" constant="true"/></listOfReactants>
<kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>twice</ci><ci>S</ci><ci>c</ci></apply></math></kineticLaw></reaction></listOfReactions>
</model></sbml>`);

const end = (columns: ReadonlyMap<string, { values: Float64Array }>) => columns.get("S")?.values.at(-1) ?? Number.NaN;

test("start values of parameters, species and compartments are changed from run to run", () => {
  const model = simulator(decay, ["k", "S", "c"]);
  const options = { t1: 1, points: 2, rtol: 1e-12, atol: 1e-15 };
  const run = (values: [string, number][]) => end(model.run(options, new Map(values)).columns);
  expect(run([])).toBeCloseTo(3 * Math.exp(-1), 9);
  expect(run([["k", 1]])).toBeCloseTo(3 * Math.exp(-2), 9);
  expect(run([["S", 7]])).toBeCloseTo(7 * Math.exp(-1), 9);
  expect(run([["c", 4]])).toBeCloseTo(3 * Math.exp(-1), 9);
  expect(run([])).toBe(end(simulate(decay, options).columns));
});

test("a named quantity with an initial assignment starts from a number of its own", () => {
  const model = simulator(decay, ["twice"]);
  const run = (values: [string, number][]) =>
    end(model.run({ t1: 1, points: 2, rtol: 1e-12, atol: 1e-15 }, new Map(values)).columns);
  expect(run([])).toBeCloseTo(3 * Math.exp(-1), 9);
  expect(run([["twice", 0.25]])).toBeCloseTo(3 * Math.exp(-0.25), 9);
});

test("what a rule determines, and what is not there, is refused by name", () => {
  const repressilator = readSbml(readFileSync("sbml/repressilator.xml", "utf8"));
  const ruled = repressilator.rules.find((r) => r.kind === "assignment")?.variable;
  expect(() => simulator(decay, ["kk"])).toThrow("no parameter, species or compartment 'kk'");
  if (ruled !== undefined) expect(() => simulator(repressilator, [ruled])).toThrow("determined by a rule");
});
