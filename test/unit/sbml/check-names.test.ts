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
