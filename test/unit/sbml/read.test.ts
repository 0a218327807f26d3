import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../../src/errors.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { math, sbml } from "../../support/sbml-text.ts";

/** The error that reading a text gives. */
function errorOf(text: string, options: Parameters<typeof readSbml>[1] = {}): CellweaveError {
  try {
    readSbml(text, { file: "model.xml", ...options });
  } catch (error) {
    if (error instanceof CellweaveError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const L2 = (lists: string, version = 4): string =>
  `<sbml xmlns="http://www.sbml.org/sbml/level2/version${version}" level="2" version="${version}"><model id="m">${lists}</model></sbml>`;

describe("what a file says", () => {
  test("Level 2 has defaults where Level 3 wants attributes", () => {
    const lists = `<listOfCompartments><compartment id="c"/></listOfCompartments>
      <listOfSpecies><species id="S" compartment="c"/></listOfSpecies>
      <listOfReactions><reaction id="r"><listOfReactants><speciesReference species="S"/></listOfReactants></reaction></listOfReactions>`;
    const { compartments, species, reactions, warnings } = readSbml(L2(lists));
    expect(compartments[0]).toMatchObject({ id: "c", spatialDimensions: 3, size: undefined, constant: true });
    expect(species[0]).toMatchObject({ hasOnlySubstanceUnits: false, boundaryCondition: false, constant: false });
    expect(reactions[0]).toMatchObject({ reversible: true, fast: false });
    expect(reactions[0]?.reactants[0]).toMatchObject({ species: "S", stoichiometry: 1 });
    expect(warnings).toEqual([]);
    expect(readSbml(sbml(lists)).warnings).toContain(
      "line 2: <compartment> has no constant, which Level 3 requires; read as true",
    );
  });

  test("numbers of MathML: e-notation, rational, infinity, white space", () => {
    const values = [
      '<cn type="e-notation">2<sep/>-3</cn>',
      '<cn type="rational">1<sep/>3</cn>',
      "<infinity/>",
      "<cn> 4 </cn>",
    ];
    const rules = values.map((v, i) => `<assignmentRule variable="p${i}">${math(v)}</assignmentRule>`).join("");
    const found = readSbml(sbml(`<listOfRules>${rules}</listOfRules>`)).rules.map(
      (r) => (r.math as { value?: number }).value,
    );
    expect(found).toEqual([0.002, 1 / 3, Number.POSITIVE_INFINITY, 4]);
  });

  test("names that JavaScript gives a meaning are names", () => {
    const ids = ["constructor", "__proto__", "toString", "this", "NaN", "pi", "time", "sin"];
    const parameters = ids.map((id) => `<parameter id="${id}" value="2" constant="true"/>`).join("");
    const rules = ids.map((id) => `<ci>${id}</ci>`).join("");
    const document = readSbml(
      sbml(`<listOfParameters>${parameters}<parameter id="sum" constant="false"/></listOfParameters>
        <listOfRules><assignmentRule variable="sum">${math(`<apply><plus/>${rules}</apply>`)}</assignmentRule></listOfRules>`),
    );
    expect(document.parameters.map((p) => p.id)).toEqual([...ids, "sum"]);
  });

  test("notes and MIRIAM resources are kept", () => {
    const document = readSbml(
      sbml(`<notes><body xmlns="http://www.w3.org/1999/xhtml"><p>One <b>two</b> three.</p></body></notes>
        <annotation><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="#m">
        <x xmlns="urn:q"><rdf:Bag><rdf:li rdf:resource="urn:a"/><rdf:li rdf:resource="urn:b"/></rdf:Bag></x></rdf:Description></rdf:RDF></annotation>`),
    );
    expect(document.notes).toBe("One two three.");
    expect(document.resources).toEqual(["urn:a", "urn:b"]);
  });

  test("Level 1: formulas, volumes, denominators", () => {
    const text = `<sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model name="m">
      <listOfCompartments><compartment name="c"/></listOfCompartments>
      <listOfSpecies><species name="S" compartment="c" initialAmount="1"/></listOfSpecies>
      <listOfParameters><parameter name="k" value="2"/></listOfParameters>
      <listOfRules><parameterRule name="k" formula="-2^2 + sqr(3)*pow(S, 2) / (1 - 4e-1)"/></listOfRules>
      <listOfReactions><reaction name="r"><listOfReactants><speciesReference species="S" stoichiometry="1" denominator="2"/></listOfReactants>
      <kineticLaw formula="k * S"/></reaction></listOfReactions></model></sbml>`;
    const { compartments, rules, reactions } = readSbml(text);
    expect(compartments[0]?.size).toBe(1);
    expect(rules[0]?.math.toString()).toBe("-2 ^ 2 + 3 ^ 2 * S ^ 2 / (1 + -0.4)");
    expect(reactions[0]?.reactants[0]?.stoichiometry).toBe(0.5);
  });

  test("fbc: bounds, objective, gene associations, formulas; Version 1 bounds become parameters", () => {
    const fbc = (version: number, inner: string, reaction = "", inside = ""): string => `
      <sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" xmlns:fbc="http://www.sbml.org/sbml/level3/version1/fbc/version${version}" level="3" version="1" fbc:required="false">
      <model id="m" fbc:strict="true"><listOfSpecies><species id="A" compartment="c" fbc:charge="-2" fbc:chemicalFormula="C6H12O6" hasOnlySubstanceUnits="true" boundaryCondition="false" constant="false"/></listOfSpecies>
      <listOfReactions><reaction id="R" reversible="false" fast="false" ${reaction}>${inside}</reaction></listOfReactions>${inner}</model></sbml>`;
    const objective = `<fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize"><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="R" fbc:coefficient="2"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>
      <fbc:listOfGeneProducts><fbc:geneProduct fbc:id="g1" fbc:label="b1"/></fbc:listOfGeneProducts>`;
    const rule = `<fbc:geneProductAssociation><fbc:or><fbc:geneProductRef fbc:geneProduct="g1"/><fbc:and><fbc:geneProductRef fbc:geneProduct="g1"/></fbc:and></fbc:or></fbc:geneProductAssociation>`;
    const two = readSbml(fbc(2, objective, `fbc:lowerFluxBound="lb" fbc:upperFluxBound="ub"`, rule));
    expect(two.reactions[0]).toMatchObject({
      lowerFluxBound: "lb",
      upperFluxBound: "ub",
      geneProductAssociation: { kind: "or" },
    });
    expect(two.objectives[0]?.fluxObjectives).toEqual([{ reaction: "R", coefficient: 2 }]);
    expect([two.activeObjective, two.strict, two.geneProducts[0]?.label]).toEqual(["o", true, "b1"]);
    expect(two.species[0]).toMatchObject({ charge: -2, chemicalFormula: "C6H12O6" });
    const bounds = `<fbc:listOfFluxBounds><fbc:fluxBound fbc:reaction="R" fbc:operation="lessEqual" fbc:value="5"/></fbc:listOfFluxBounds>`;
    expect(readSbml(fbc(1, bounds + objective)).parameters.map((p) => p.value)).toEqual([Number.NEGATIVE_INFINITY, 5]);
  });
});

describe("what is refused, and how", () => {
  test("broken XML with line, column and what was expected", () => {
    const error = errorOf(
      `<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1">\n<model id="m">\n</sbml>`,
    );
    expect(error.code).toBe("sbml/xml");
    expect(error.message).toContain("expected </model> for the element opened at line 2");
    expect(error.place).toMatchObject({ file: "model.xml", line: 3 });
  });

  test("DOCTYPE, entities, depth and size", () => {
    expect(errorOf('<!DOCTYPE sbml [<!ENTITY a "b">]><sbml/>').code).toBe("sbml/doctype");
    expect(errorOf("<a>&b;</a>").code).toBe("sbml/xml");
    expect(errorOf("<a>".repeat(100_000)).code).toBe("sbml/too-deep");
    expect(errorOf("<a/>", { limits: { characters: 3 } }).code).toBe("sbml/too-large");
    expect(errorOf(`<a>${"<b/>".repeat(10)}</a>`, { limits: { elements: 5 } }).code).toBe("sbml/too-large");
    const long = sbml(
      `<listOfRules><algebraicRule>${math(`<apply><plus/>${"<cn>1</cn>".repeat(50)}</apply>`)}</algebraicRule></listOfRules>`,
    );
    expect(errorOf(long, { limits: { mathNodes: 20 } }).code).toBe("sbml/too-large");
  });

  test("what is no SBML", () => {
    expect(errorOf("").message).toContain("must contain a root element");
    expect(errorOf("<svg/>").code).toBe("sbml/not-sbml");
    expect(errorOf('<sbml xmlns="urn:x" level="3" version="1"/>').code).toBe("sbml/not-sbml");
    expect(errorOf('<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="3"/>').code).toBe(
      "sbml/not-sbml",
    );
    expect(errorOf('<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"/>').code).toBe(
      "sbml/no-model",
    );
  });

  test("required packages, by name", () => {
    const text = `<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1" xmlns:q="http://www.sbml.org/sbml/level3/version1/spatial/version1" q:required="true"><model/></sbml>`;
    expect(errorOf(text).message).toBe("Package 'spatial' version 1 is required and not supported");
    expect(readSbml(text.replace('"true"', '"false"')).warnings[0]).toContain("package 'spatial' is not read");
  });

  test("attributes that are missing or of the wrong kind", () => {
    const parameter = (attributes: string): string =>
      sbml(`<listOfParameters><parameter ${attributes}/></listOfParameters>`);
    expect(errorOf(parameter('value="1" constant="true"')).message).toBe("<parameter> has no attribute 'id'");
    expect(errorOf(parameter('id="1a" constant="true"')).code).toBe("sbml/id");
    expect(errorOf(parameter('id="a" value="0x10" constant="true"')).code).toBe("sbml/number");
    expect(errorOf(parameter('id="a" constant="yes"')).code).toBe("sbml/boolean");
    const twice = errorOf(parameter('id="a" constant="true"/>\n<parameter id="a" constant="true"'));
    expect([twice.code, twice.place?.line]).toEqual(["sbml/duplicate-id", 3]);
  });

  test("mathematics that MathML or SBML does not have", () => {
    const rule = (content: string): string =>
      sbml(`<listOfRules><algebraicRule>${math(content)}</algebraicRule></listOfRules>`);
    expect(errorOf(rule("<apply><int/><ci>x</ci></apply>")).message).toBe("MathML <int> is not supported");
    expect(errorOf(rule("<apply><sin/></apply>")).message).toBe(
      "<sin> has 0 arguments when 1 were expected (SBML rule 10218)",
    );
    expect(errorOf(rule('<csymbol definitionURL="urn:x">x</csymbol>')).message).toBe(
      "csymbol 'urn:x' is not supported",
    );
    expect(errorOf(rule("<cn>x</cn>")).code).toBe("sbml/number");
    expect(errorOf(rule("<cn>1</cn><cn>2</cn>")).code).toBe("sbml/math");
  });

  test("a formula of Level 1 says where it breaks", () => {
    const text = `<sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model><listOfRules><parameterRule name="k" formula="2 * (a + "/></listOfRules></model></sbml>`;
    expect(errorOf(text).message).toContain("Got the end at character 8 of the formula '2 * (a + '");
  });
});
