import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../../src/errors.ts";
import { simulate } from "../../../src/pathway/run/simulate.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { type ConvertOptions, convertSbml } from "../../../src/sbml/write/convert.ts";
import { essence } from "../../support/same-document.ts";
import { math } from "../../support/sbml-text.ts";

const CORE2 = "http://www.sbml.org/sbml/level2/version4";
const level2 = (lists: string): string =>
  `<sbml xmlns="${CORE2}" level="2" version="4"><model id="m" name="a &lt; b">${lists}</model></sbml>`;
const CELL = `<listOfCompartments><compartment id="c" size="2" outside="o"/><compartment id="o"/></listOfCompartments>
  <listOfSpecies><species id="S" compartment="c" initialAmount="4" charge="-1"/></listOfSpecies>`;

function errorOf(text: string, options: ConvertOptions = {}): CellweaveError {
  try {
    convertSbml(text, { file: "m.xml", ...options });
  } catch (error) {
    if (error instanceof CellweaveError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("Level 2 as Level 3", () => {
  test("defaults are written out, predefined units become units of the model", () => {
    const { text } = convertSbml(
      level2(CELL.replace('initialAmount="4"', 'initialAmount="4" substanceUnits="substance"')),
    );
    expect(text).toContain('<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2">');
    const { timeUnits, substanceUnits, extentUnits, volumeUnits, unitDefinitions, species, warnings } = readSbml(text);
    expect({ timeUnits, substanceUnits, extentUnits, volumeUnits }).toEqual({
      timeUnits: "second",
      substanceUnits: "substance",
      extentUnits: "substance",
      volumeUnits: "litre",
    });
    expect(unitDefinitions.map((u) => [u.id, u.units])).toEqual([
      ["substance", [{ kind: "mole", exponent: 1, scale: 0, multiplier: 1 }]],
      ["area", [{ kind: "metre", exponent: 2, scale: 0, multiplier: 1 }]],
    ]);
    expect(species[0]).toMatchObject({ hasOnlySubstanceUnits: false, boundaryCondition: false, constant: false });
    expect(warnings).toEqual([]);
  });

  test("what Level 3 has no place for is kept in an annotation and named", () => {
    const { text, warnings } = convertSbml(level2(CELL));
    expect(warnings).toEqual([
      expect.stringContaining("no outside of <compartment> of Level 2; kept in an annotation"),
      expect.stringContaining("no charge of <species> of Level 2; kept in an annotation"),
    ]);
    expect(text).toContain('<former xmlns="urn:cellweave:sbml:former" level="2" version="4" charge="-1"/>');
  });

  test("stoichiometries with mathematics are assigned, local parameters stay local", () => {
    const twice = `<stoichiometryMath>${math("<apply><times/><cn>2</cn><ci>k</ci></apply>")}</stoichiometryMath>`;
    const source = level2(`${CELL}<listOfParameters><parameter id="k" value="1.5"/></listOfParameters>
      <listOfReactions><reaction id="r"><listOfProducts><speciesReference species="S">${twice}</speciesReference></listOfProducts>
      <kineticLaw>${math("<ci>k</ci>")}<listOfParameters><parameter id="k" value="0.5"/></listOfParameters></kineticLaw></reaction></listOfReactions>`);
    const document = readSbml(convertSbml(source).text);
    expect(document.rules).toMatchObject([{ kind: "assignment", variable: "stoichiometry_S" }]);
    expect(document.reactions[0]?.kineticLaw?.localParameters).toMatchObject([{ id: "k", value: 0.5 }]);
    const end = simulate(document, { t0: 0, t1: 2, points: 2, rtol: 1e-9, atol: 1e-12, maxSteps: 1000 });
    expect(end.columns.get("S")?.amounts?.[1]).toBeCloseTo(4 + 2 * 1.5 * 0.5 * 2, 8);
  });

  test("a fast reaction is refused by Version 2 and written by Version 1", () => {
    const source = level2(
      `${CELL}<listOfReactions><reaction id="r" fast="true"><listOfProducts><speciesReference species="S"/></listOfProducts></reaction></listOfReactions>`,
    );
    const error = errorOf(source);
    expect([error.code, error.message]).toEqual([
      "sbml/inexpressible",
      "The reaction 'r' is fast, which Level 3 Version 2 cannot say",
    ]);
    expect(error.hint).toContain("--to l3v1");
    expect(readSbml(convertSbml(source, { version: 1 }).text).reactions[0]?.fast).toBe(true);
  });
});

describe("Level 1 as Level 3", () => {
  const source = `<sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model name="m">
    <listOfUnitDefinitions><unitDefinition name="volume"><listOfUnits><unit kind="liter" scale="-3"/></listOfUnits></unitDefinition></listOfUnitDefinitions>
    <listOfCompartments><compartment name="c" volume="2"/></listOfCompartments>
    <listOfSpecies><species name="A" compartment="c" initialAmount="3"/><species name="E" compartment="c" initialAmount="1"/></listOfSpecies>
    <listOfParameters><parameter name="p" value="1"/></listOfParameters>
    <listOfRules><parameterRule name="p" type="rate" formula="-p/4 + sqr(2) - 1 - pow(p, 0)*3"/></listOfRules>
    <listOfReactions><reaction name="r"><listOfReactants><speciesReference species="A" stoichiometry="1" denominator="2"/></listOfReactants>
    <kineticLaw formula="k*E*A/(1 + log10(10)) + 0*1e-3"><listOfParameters><parameter name="k" value="0.5"/></listOfParameters></kineticLaw></reaction></listOfReactions>
    </model></sbml>`;

  test("formulas become MathML, and species that a rate law reads become modifiers", () => {
    const document = readSbml(convertSbml(source).text);
    const settings = { t0: 0, t1: 2, points: 5, rtol: 1e-9, atol: 1e-12, maxSteps: 1000 };
    const [before, after] = [simulate(readSbml(source), settings), simulate(document, settings)];
    expect(after.columns.get("A")?.values).toEqual(before.columns.get("A")?.values);
    expect(after.columns.get("p")?.values).toEqual(before.columns.get("p")?.values);
    expect(document.reactions[0]?.modifiers).toEqual(["E"]);
    expect(document.unitDefinitions[0]).toMatchObject({ id: "volume", units: [{ kind: "litre", scale: -3 }] });
    expect(document.volumeUnits).toBe("volume");
  });
});

describe("Level 3 stays what it is", () => {
  const source = `<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" xmlns:fbc="http://www.sbml.org/sbml/level3/version1/fbc/version2" level="3" version="1" fbc:required="false">
  <model id="m" metaid="m1" fbc:strict="true"><notes><p xmlns="http://www.w3.org/1999/xhtml">one <b>two</b> <i>three</i> &amp; more</p></notes>
  <annotation><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bqbiol="http://biomodels.net/biology-qualifiers/"><rdf:Description rdf:about="#m1"><bqbiol:is><rdf:Bag><rdf:li rdf:resource="http://identifiers.org/x/1"/></rdf:Bag></bqbiol:is></rdf:Description></rdf:RDF></annotation>
  <listOfCompartments><compartment id="c" name="tab&#9;and &quot;quote&quot;" spatialDimensions="3" constant="true"/></listOfCompartments></model></sbml>`;

  test("notes and annotations are written as they were, white space included", () => {
    const { text, document } = convertSbml(source);
    const inside = (name: string): string => source.slice(source.indexOf(`<${name}>`), source.indexOf(`</${name}>`));
    expect(text).toContain(inside("notes"));
    expect(text).toContain(inside("annotation"));
    expect(essence(readSbml(text))).toEqual(essence(document));
    expect(convertSbml(text).text).toBe(text);
  });

  test("files that a model goes on to need are named, and are needed no more when it is flattened", () => {
    const comp = "http://www.sbml.org/sbml/level3/version1/comp/version1";
    const head = `<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" xmlns:comp="${comp}" comp:required="true" level="3" version="1">`;
    const outer = `${head}<model id="m"><comp:listOfSubmodels><comp:submodel comp:id="A" comp:modelRef="e"/></comp:listOfSubmodels></model>
      <comp:listOfExternalModelDefinitions><comp:externalModelDefinition comp:id="e" comp:source="e.xml"/></comp:listOfExternalModelDefinitions></sbml>`;
    const inner = `${head}<model id="e"><listOfParameters><parameter id="k" value="1" constant="true"/></listOfParameters></model></sbml>`;
    const external = (): string => inner;
    expect(convertSbml(outer, { external }).warnings).toEqual([expect.stringContaining("goes on to need 'e.xml'")]);
    const flat = convertSbml(outer, { external, flatten: true });
    expect(flat.warnings).toEqual([]);
    expect(readSbml(flat.text).parameters.map((p) => p.id)).toEqual(["A__k"]);
  });

  test("Version 2 is not written as Version 1", () => {
    const error = errorOf(convertSbml(source).text, { version: 1 });
    expect(error.message).toBe("The file is of Level 3 Version 2, which Level 3 Version 1 cannot say");
  });
});
