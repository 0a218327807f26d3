import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../../src/errors.ts";
import { readSbml } from "../../../src/sbml/read.ts";

function file(lists: string, level = 3, version = 2): string {
  const core = level === 3 ? "/core" : "";
  const space = `http://www.sbml.org/sbml/level${level}${level === 1 ? "" : `/version${version}`}${core}`;
  return `<sbml xmlns="${space}" level="${level}" version="${version}">\n<model id="m">\n${lists}</model></sbml>`;
}

function refusal(text: string): string {
  try {
    readSbml(text, { file: "m.xml" });
  } catch (error) {
    if (error instanceof CellweaveError) return error.format();
    throw error;
  }
  return "";
}

describe("an element that the level does not have is refused with its line", () => {
  test.each([
    ["<listOfReaction/>", 3, "m.xml:3: Level 3 has no <listOfReaction> in <model>", "'listOfReactions'"],
    [
      "<listOfParameters>\n<parametr id='k'/></listOfParameters>",
      3,
      "m.xml:4: Level 3 has no <parametr>",
      "'parameter'",
    ],
    ["<listOfSpecies><blah/></listOfSpecies>", 2, "Level 2 has no <blah> in <listOfSpecies>", "one of <species>"],
    ["<listOfSpecies><specie id='S'/></listOfSpecies>", 2, "Level 2 has no <specie>", "'species'"],
    ["<listOfEvents/>", 1, "Level 1 has no <listOfEvents> in <model>", "expected one of"],
    ["<listOfRules><rateRules variable='x'/></listOfRules>", 3, "Level 3 has no <rateRules>", "'rateRule'"],
    ["<listOfRules><rateRule variable='x'><math/></rateRule></listOfRules>", 3, "no <math> in <rateRule>", "MathML"],
  ])("%s", (lists, level, message, hint) => {
    const said = refusal(file(lists, level, level === 2 ? 4 : 2));
    expect(said).toContain(message);
    expect(said).toContain("[sbml/unknown-element]");
    expect(said.split("hint: ")[1]).toContain(hint);
  });
});

test("a misspelt model is answered with what would be right", () => {
  const said = refusal(file("").replaceAll("model", "modle"));
  expect(said).toContain("Level 3 has no <modle> in <sbml> [sbml/unknown-element]");
  expect(said).toContain("did you mean 'model'?");
});

test("names of other versions of the level are known", () => {
  const lists = `<listOfSpeciesTypes><speciesType id="t"/></listOfSpeciesTypes>
    <listOfCompartmentTypes><compartmentType id="ct"/></listOfCompartmentTypes>
    <listOfCompartments><compartment id="c" compartmentType="ct" outside="d"/></listOfCompartments>
    <listOfSpecies><species id="S" compartment="c" speciesType="t" charge="1"/></listOfSpecies>`;
  expect(readSbml(file(lists, 2, 4)).warnings).toEqual([]);
});

test("other namespaces, notes and annotations may hold anything", () => {
  const inside = `<notes><p>x</p></notes><annotation><listOfReaction/></annotation><p:listOfReaction xmlns:p="urn:p" p:x="1"/>`;
  expect(readSbml(file(inside)).warnings).toEqual([]);
});

test("an unknown attribute gives one warning a name, with its first line", () => {
  const species = (id: string): string => `<species id="${id}" compartment="c" initialAmuont="1"/>\n`;
  const lists = `<listOfCompartments><compartment id="c"/></listOfCompartments>
    <listOfSpecies>\n${species("A")}${species("B")}</listOfSpecies>`;
  expect(readSbml(file(lists, 2, 4)).warnings).toEqual([
    "line 5: the attribute 'initialAmuont' of <species> is not known and is not read (and 1 more); did you mean 'initialAmount'?",
  ]);
});

describe("what only other levels and versions have", () => {
  const warningsOf = (lists: string, level: number, version: number): readonly string[] =>
    readSbml(file(lists, level, version)).warnings;
  const compartment = '<listOfCompartments><compartment id="c" constant="true"/></listOfCompartments>';

  test("an attribute of another level is named with the level that has it", () => {
    const lists = `<listOfCompartments><compartment name="c"/></listOfCompartments>
<listOfSpecies><species name="S" compartment="c" initialAmount="1" hasOnlySubstanceUnits="true"/></listOfSpecies>`;
    expect(warningsOf(lists, 1, 2)).toContain(
      "line 4: the attribute 'hasOnlySubstanceUnits' of <species> is not known and is not read; it is of Level 2, Level 3",
    );
  });

  test("an attribute of another version of the level is read with a warning", () => {
    const lists = `${compartment}\n<listOfSpecies><species id="S" compartment="c" spatialSizeUnits="volume"/></listOfSpecies>`;
    expect(warningsOf(lists, 2, 2)).toEqual([]);
    expect(warningsOf(lists, 2, 3)).toEqual([
      "line 4: Level 2 Version 3 has no attribute 'spatialSizeUnits' on <species>; it is of Level 2 Versions 1 to 2",
    ]);
  });

  test("fast went with Level 3 Version 2", () => {
    const lists = '<listOfReactions><reaction id="r" reversible="false" fast="false"/></listOfReactions>';
    expect(warningsOf(lists, 3, 1)).toEqual([]);
    expect(warningsOf(lists, 3, 2)).toEqual([
      "line 3: Level 3 Version 2 has no attribute 'fast' on <reaction>; it is of Level 1, Level 2, Level 3 Version 1",
    ]);
  });

  test("an element of a later version is read with a warning, one of another level is refused", () => {
    expect(warningsOf("<listOfInitialAssignments/>", 2, 1)).toEqual([
      "line 3: Level 2 Version 1 has no <listOfInitialAssignments> in <model>; it is of Level 2 Versions 2 to 5, Level 3",
    ]);
    expect(refusal(file("<listOfEvents/>", 1))).toContain("it is of Level 2, Level 3; expected one of");
  });
});
