import { describe, expect, test } from "vitest";
import { describeDocument } from "../../../src/cli/sbml/describe-document.ts";
import { fluxModel } from "../../../src/metabolism/read/read-model.ts";
import { simulate } from "../../../src/pathway/run/simulate.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { convertSbml } from "../../../src/sbml/write/convert.ts";
import { essence } from "../../support/same-document.ts";
import { math } from "../../support/sbml-text.ts";

const uri = (name: string, version = 1): string => `http://www.sbml.org/sbml/level3/version1/${name}/version${version}`;
const PACKAGES = [
  ...["groups", "layout"].map((name) => `xmlns:${name}="${uri(name)}" ${name}:required="false"`),
  `xmlns:qual="${uri("qual")}" qual:required="true" xmlns:fbc="${uri("fbc", 3)}" fbc:required="false"`,
].join(" ");
const model = (lists: string): string =>
  `<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" ${PACKAGES} level="3" version="1"><model id="m" fbc:strict="false">${lists}</model></sbml>`;
const CELL = `<listOfCompartments><compartment id="c" spatialDimensions="3" size="1" constant="true"/></listOfCompartments>
  <listOfSpecies><species id="S" compartment="c" initialAmount="1" hasOnlySubstanceUnits="true" boundaryCondition="false" constant="false" fbc:charge="-1.5"/></listOfSpecies>`;

const GROUPS = `<groups:listOfGroups><groups:group sboTerm="SBO:0000252" groups:id="g" groups:kind="collection" groups:name="some">
  <groups:listOfMembers><groups:member groups:idRef="S" groups:name="first"/><groups:member groups:metaIdRef="_x"/></groups:listOfMembers></groups:group></groups:listOfGroups>`;
const LAYOUT = `<layout:listOfLayouts><layout:layout layout:id="l"><layout:dimensions layout:width="40" layout:height="30"/>
  <layout:listOfSpeciesGlyphs><layout:speciesGlyph layout:id="sg" layout:species="S"><layout:boundingBox><layout:position layout:x="1" layout:y="2"/>
  <layout:dimensions layout:width="3" layout:height="4"/></layout:boundingBox></layout:speciesGlyph></layout:listOfSpeciesGlyphs></layout:layout></layout:listOfLayouts>`;
const QUAL = `<qual:listOfQualitativeSpecies><qual:qualitativeSpecies qual:id="A" qual:compartment="c" qual:constant="false" qual:initialLevel="1" qual:maxLevel="2"/></qual:listOfQualitativeSpecies>
  <qual:listOfTransitions><qual:transition qual:id="t"><qual:listOfInputs><qual:input qual:id="i" qual:qualitativeSpecies="A" qual:transitionEffect="none" qual:sign="negative" qual:thresholdLevel="1"/></qual:listOfInputs>
  <qual:listOfOutputs><qual:output qual:qualitativeSpecies="A" qual:transitionEffect="assignmentLevel"/></qual:listOfOutputs>
  <qual:listOfFunctionTerms><qual:defaultTerm qual:resultLevel="0"/><qual:functionTerm qual:resultLevel="1">${math("<apply><geq/><ci>A</ci><cn>1</cn></apply>")}</qual:functionTerm></qual:listOfFunctionTerms></qual:transition></qual:listOfTransitions>`;

describe("packages beside fbc v2 and comp", () => {
  test("groups and layout are read, and a simulation does not mind them", () => {
    const document = readSbml(model(CELL + GROUPS + LAYOUT));
    expect(document.groups).toMatchObject([
      {
        id: "g",
        kind: "collection",
        name: "some",
        sboTerm: "SBO:0000252",
        members: [{ idRef: "S" }, { metaIdRef: "_x" }],
      },
    ]);
    const glyph = { id: "sg", kind: "speciesGlyph", of: "S", x: 1, y: 2, width: 3, height: 4 };
    expect(document.layouts).toMatchObject([{ id: "l", width: 40, height: 30, glyphs: [glyph] }]);
    expect(simulate(document, { t1: 1, points: 2 }).status).toEqual({ ok: true });
    const counts = new Map(describeDocument(document).counts);
    expect([counts.get("groups"), counts.get("layouts"), counts.get("  with glyphs")]).toEqual([1, 1, 1]);
  });

  test("a qualitative model is read, and refused by name where it is simulated", () => {
    const document = readSbml(model(CELL + QUAL));
    expect(document.qualitative).toMatchObject({
      species: [{ id: "A", compartment: "c", constant: false, initialLevel: 1, maxLevel: 2 }],
      transitions: [
        {
          inputs: [{ id: "i", qualitativeSpecies: "A", effect: "none", sign: "negative", thresholdLevel: 1 }],
          outputs: [{ qualitativeSpecies: "A", effect: "assignmentLevel" }],
          defaultLevel: 0,
          terms: [{ resultLevel: 1 }],
        },
      ],
    });
    expect(() => simulate(document, { t1: 1 })).toThrow(
      "Simulation of qualitative (logical) models (package qual) is not supported",
    );
  });

  test("a wrong kind of group is refused with what is expected", () => {
    const wrong = GROUPS.replace('"collection"', '"heap"');
    expect(() => readSbml(model(wrong))).toThrow('Got groups:kind="heap" when one of classification, partonomy');
  });
});

describe("fbc version 3", () => {
  const PAIRS = `<annotation><listOfKeyValuePairs xmlns="http://sbml.org/fbc/keyvaluepair"><keyValuePair key="k" value="1 &lt; 2" uri="http://x/y"/><keyValuePair key="bare"/></listOfKeyValuePairs></annotation>`;
  const FBC = `<listOfCompartments><compartment id="c" spatialDimensions="3" size="1" constant="true">${PAIRS}</compartment></listOfCompartments>
    <listOfParameters><parameter id="lb" value="0" constant="true"/><parameter id="ub" value="10" constant="true"/><parameter id="two" value="2" constant="true"/></listOfParameters>
    <listOfReactions><reaction id="r1" reversible="false" fast="false" fbc:lowerFluxBound="lb" fbc:upperFluxBound="ub"/></listOfReactions>`;
  const objective = (more: string): string =>
    `<fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize"><fbc:listOfFluxObjectives>
    <fbc:fluxObjective fbc:reaction="r1" fbc:coefficient="3" ${more}/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>`;
  const CONSTRAINT = `<fbc:listOfUserDefinedConstraints><fbc:userDefinedConstraint fbc:id="uc" fbc:name="sum" fbc:lowerBound="lb" fbc:upperBound="ub">
    <fbc:listOfUserDefinedConstraintComponents><fbc:userDefinedConstraintComponent fbc:coefficient="two" fbc:variable="r1" fbc:variableType="linear"/></fbc:listOfUserDefinedConstraintComponents></fbc:userDefinedConstraint></fbc:listOfUserDefinedConstraints>`;
  const linear = 'fbc:variableType="linear"';

  test("charges may be fractions; pairs, variable types and constraints are read", () => {
    const document = readSbml(model(FBC + objective(linear) + CONSTRAINT));
    expect(readSbml(model(CELL)).species[0]?.charge).toBe(-1.5);
    expect(document.packages.get("fbc")).toBe(3);
    expect(document.strict).toBe(false);
    expect(document.compartments[0]?.keyValuePairs).toEqual([
      { key: "k", value: "1 < 2", uri: "http://x/y" },
      { key: "bare" },
    ]);
    expect(document.objectives[0]?.fluxObjectives).toEqual([
      { reaction: "r1", coefficient: 3, variableType: "linear" },
    ]);
    expect(document.userConstraints).toMatchObject([
      {
        ...{ id: "uc", name: "sum", lowerBound: "lb", upperBound: "ub" },
        components: [{ coefficient: "two", variable: "r1", variableType: "linear" }],
      },
    ]);
  });

  test("a linear model is solved as before; a quadratic objective is refused by name", () => {
    expect([...fluxModel(readSbml(model(FBC + objective(linear)))).objective]).toEqual([3]);
    const quadratic = objective('fbc:variableType="quadratic"');
    expect(() => fluxModel(readSbml(model(FBC + quadratic)))).toThrow("the quadratic objective 'o' is not supported");
  });

  test("all packages are written as they were read", () => {
    const source = model(FBC + objective(linear) + CONSTRAINT + GROUPS + LAYOUT + QUAL);
    const { text, document } = convertSbml(source);
    const again = readSbml(text);
    expect(essence(again)).toEqual(essence(document));
    expect(again.packages).toEqual(document.packages);
    expect(again.layouts?.[0]?.glyphs.length).toBe(1);
  });
});
