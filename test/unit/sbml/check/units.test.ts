import { describe, expect, test } from "vitest";
import { checkSbml } from "../../../../src/sbml/check/check-sbml.ts";
import {
  apply,
  csymbol,
  list,
  math,
  parameter,
  reactant,
  reaction,
  sbmlFile,
  species,
} from "../../../support/sbml-text.ts";

const CORE = "http://www.sbml.org/sbml/level3/version2/core";
const UNITS = list(
  "UnitDefinitions",
  '<unitDefinition id="per_s"><listOfUnits><unit kind="second" exponent="-1" scale="0" multiplier="1"/></listOfUnits></unitDefinition>',
  '<unitDefinition id="M"><listOfUnits><unit kind="mole" exponent="1" scale="0" multiplier="1"/><unit kind="litre" exponent="-1" scale="0" multiplier="1"/></listOfUnits></unitDefinition>',
);
const FUNCTIONS = list(
  "FunctionDefinitions",
  `<functionDefinition id="hill">${math(
    `<lambda><bvar><ci>s</ci></bvar><bvar><ci>K</ci></bvar><bvar><ci>h</ci></bvar>${apply(
      "divide",
      apply("power", "s", "h"),
      apply("plus", apply("power", "K", "h"), apply("power", "s", "h")),
    )}</lambda>`,
  )}</functionDefinition>`,
);

/** Findings and notes of a model with one kinetic law. */
function check(law: string, model = 'substanceUnits="mole" timeUnits="second" volumeUnits="litre" extentUnits="mole"') {
  const lists =
    FUNCTIONS +
    UNITS +
    list("Compartments", '<compartment id="c" constant="true" spatialDimensions="3" size="1"/>') +
    list("Species", species("S"), species("P")) +
    list(
      "Parameters",
      parameter("k", 'value="2" units="per_s"'),
      parameter("Km", 'value="1" units="M"'),
      parameter("n", 'value="2" units="dimensionless"'),
      parameter("free", 'value="1"'),
    ) +
    list(
      "Reactions",
      `<reaction id="R" reversible="false"><listOfReactants>${reactant("S")}</listOfReactants><kineticLaw>${math(law)}</kineticLaw></reaction>`,
    );
  const { findings, notes } = checkSbml(sbmlFile(32, lists, { model: `id="m" ${model}` }));
  return { messages: findings.map((f) => `${f.rule}: ${f.message}`), notes, findings };
}

const mass = apply("times", "c", "k", "S");
const nested = (inner: string): string => apply("times", "c", "k", "Km", inner);
const call = (...args: string[]): string => `<apply><ci>hill</ci>${args.map((a) => `<ci>${a}</ci>`).join("")}</apply>`;

describe("what gives mole per second raises nothing", () => {
  test.each([
    ["mass action", mass],
    ["a number that adapts to what it is added to", apply("times", "c", "k", apply("plus", "S", 1))],
    ["a function, its arguments and a constant exponent", nested(call("S", "Km", "n"))],
    ["pieces", `<piecewise><piece>${mass}${apply("lt", "S", 3)}</piece><otherwise>${mass}</otherwise></piecewise>`],
    ["a root and a power", nested(apply("root", apply("power", apply("divide", "S", "Km"), 2)))],
    ["exp of a pure number", nested(apply("exp", apply("divide", "S", "Km")))],
    ["rateOf", apply("times", "c", `<apply>${csymbol("rateOf")}<ci>S</ci></apply>`)],
    ["time", apply("divide", apply("times", "c", "S"), csymbol("time"))],
    ["a number with units", apply("times", "c", "S", `<cn xmlns:s="${CORE}" s:units="per_s">3</cn>`)],
    ["minus, abs and max", apply("minus", apply("abs", apply("max", mass, mass)))],
  ])("%s", (_, law) => expect(check(law)).toEqual({ messages: [], notes: [], findings: [] }));
});

describe("what does not is told with both units", () => {
  test.each([
    [
      apply("times", "k", "S"),
      "10541: the kinetic law of 'R' gives mole per litre per second when mole per second was expected",
    ],
    [apply("times", "c", "S"), "10541: the kinetic law of 'R' gives mole when mole per second was expected"],
    [
      nested(call("S", "Km", "Km")),
      "10501: 's ^ h' in the kinetic law of 'R' has mole per litre where dimensionless was expected",
    ],
    [
      apply("plus", mass, "Km"),
      "10501: 'c * k * S + Km' in the kinetic law of 'R' has mole per litre where mole per second was expected",
    ],
    [
      nested(call("S", "k", "n")),
      "10501: 'K ^ h + s ^ h' in the kinetic law of 'R' has mole squared per litre squared where per second squared was expected",
    ],
    [
      nested(apply("exp", "S")),
      "10501: 'exp(S)' in the kinetic law of 'R' has mole per litre where dimensionless was expected",
    ],
  ])("%s", (law, message) => {
    expect(check(law).messages.join("\n")).toContain(message);
  });

  test("a missing compartment is hinted at", () => {
    const [finding] = check(apply("times", "k", "S")).findings;
    expect(finding?.hint).toContain("multiply a change of concentration by its compartment");
    expect(finding).toMatchObject({ id: "R", severity: "warning" });
  });
});

test("a multiplier taken the wrong way round is hinted at", () => {
  const perHour = '<unit kind="second" exponent="-1" scale="0" multiplier="0.0002777778"/>';
  const lists =
    list("UnitDefinitions", `<unitDefinition id="per_h"><listOfUnits>${perHour}</listOfUnits></unitDefinition>`) +
    list("Compartments", '<compartment id="c" constant="true" spatialDimensions="3" size="1"/>') +
    list("Species", species("S").replace('SubstanceUnits="false"', 'SubstanceUnits="true"')) +
    list("Parameters", parameter("k", 'value="1" units="per_h"')) +
    list(
      "Reactions",
      reaction("R", `${list("Reactants", reactant("S"))}<kineticLaw>${math(apply("times", "k", "S"))}</kineticLaw>`),
    );
  const hour =
    '<unitDefinition id="h"><listOfUnits><unit kind="second" exponent="1" scale="0" multiplier="3600"/></listOfUnits></unitDefinition>';
  const text = sbmlFile(31, lists.replace("</listOfUnitDefinitions>", `${hour}</listOfUnitDefinitions>`), {
    model: 'id="m" substanceUnits="mole" timeUnits="h" volumeUnits="litre" extentUnits="mole"',
  });
  const [finding] = checkSbml(text).findings;
  expect(finding?.rule).toBe("10541");
  expect(finding?.hint).toContain("a multiplier is raised to its exponent");
});

describe("what is not declared is no fault", () => {
  test("a parameter without units, and a number that is a quantity perhaps", () => {
    expect(check(apply("times", "free", "S"))).toMatchObject({
      messages: [],
      notes: ["the units of its expressions could not be checked: 'free' has no units"],
    });
    expect(check(apply("times", "c", "S", 7)).notes).toEqual([
      "the units of its expressions could not be checked: numbers in them have no units",
    ]);
  });

  test("a Level 3 model without units", () => {
    expect(check(mass, "").messages).toEqual([]);
    expect(check(mass, "").notes).toHaveLength(1);
  });
});

test("Level 2 falls back on mole, litre and second, and Level 1 is checked by its formulas", () => {
  const level2 = `<listOfCompartments><compartment id="c"/></listOfCompartments><listOfSpecies><species id="S" compartment="c"/></listOfSpecies>
    <listOfReactions><reaction id="R"><listOfReactants><speciesReference species="S"/></listOfReactants><kineticLaw>${math("<ci>S</ci>")}</kineticLaw></reaction></listOfReactions>`;
  const expected = ["the kinetic law of 'R' gives mole per litre when mole per second was expected"];
  expect(checkSbml(sbmlFile(24, level2)).findings.map((f) => f.message)).toEqual(expected);
  const level1 = `<listOfCompartments><compartment name="c"/></listOfCompartments><listOfSpecies><species name="S" compartment="c" initialAmount="1"/></listOfSpecies>
    <listOfReactions><reaction name="R"><listOfReactants><speciesReference species="S"/></listOfReactants><kineticLaw formula="S"/></reaction></listOfReactions>`;
  expect(checkSbml(sbmlFile(12, level1)).findings.map((f) => f.message)).toEqual(expected);
});

test("many levels of functions end", () => {
  const functions = Array.from({ length: 60 }, (_, i) => {
    const inner = i === 0 ? "<ci>x</ci>" : `<apply><ci>f${i - 1}</ci><ci>x</ci></apply>`;
    return `<functionDefinition id="f${i}">${math(`<lambda><bvar><ci>x</ci></bvar><apply><plus/>${inner}${inner}</apply></lambda>`)}</functionDefinition>`;
  });
  const rule = `<assignmentRule variable="y">${math("<apply><ci>f59</ci><cn>1</cn></apply>")}</assignmentRule>`;
  const text = sbmlFile(
    31,
    list("FunctionDefinitions", ...functions) + list("Parameters", parameter("y", "", false)) + list("Rules", rule),
  );
  expect(checkSbml(text).findings).toEqual([]);
  expect(reaction("R", "")).toContain("R");
});
