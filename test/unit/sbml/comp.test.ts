import { describe, expect, test } from "vitest";
import { simulate } from "../../../src/pathway/run/simulate.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { math } from "../../support/sbml-text.ts";

const file = (model: string, definitions: string): string => `
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" level="3" version="1" comp:required="true">
<model id="top">${model}</model><comp:listOfModelDefinitions>${definitions}</comp:listOfModelDefinitions></sbml>`;

const CLOCK = `<comp:modelDefinition id="clock"><listOfParameters><parameter id="x" value="1" constant="false"/><parameter id="k" value="2" constant="true"/></listOfParameters>
  <listOfRules><rateRule variable="x">${math("<ci>k</ci>")}</rateRule></listOfRules>
  <comp:listOfPorts><comp:port comp:id="speed" comp:idRef="k"/></comp:listOfPorts></comp:modelDefinition>`;

const at = (text: string, id: string, t1 = 3): number | undefined =>
  simulate(readSbml(text), { t1, points: 2 }).columns.get(id)?.values[1];

describe("composed models are flattened", () => {
  test("each instance has its own ids", () => {
    const text = file(
      `<comp:listOfSubmodels><comp:submodel comp:id="A" comp:modelRef="clock"/><comp:submodel comp:id="B" comp:modelRef="clock"/></comp:listOfSubmodels>`,
      CLOCK,
    );
    expect(readSbml(text).parameters.map((p) => p.id)).toEqual(["A__x", "A__k", "B__x", "B__k"]);
    expect(at(text, "B__x")).toBeCloseTo(7, 9);
  });

  test("an element of the parent replaces a port's", () => {
    const text = file(
      `<listOfParameters><parameter id="own" value="5" constant="true"><comp:listOfReplacedElements><comp:replacedElement comp:submodelRef="A" comp:portRef="speed"/></comp:listOfReplacedElements></parameter></listOfParameters>
       <comp:listOfSubmodels><comp:submodel comp:id="A" comp:modelRef="clock"/></comp:listOfSubmodels>`,
      CLOCK,
    );
    expect(readSbml(text).parameters.map((p) => p.id)).toEqual(["own", "A__x"]);
    expect(at(text, "A__x")).toBeCloseTo(16, 9);
  });

  test("a submodel's time runs at its own pace", () => {
    const text = file(
      `<listOfParameters><parameter id="pace" value="10" constant="true"/></listOfParameters>
       <comp:listOfSubmodels><comp:submodel comp:id="A" comp:modelRef="clock" comp:timeConversionFactor="pace"/></comp:listOfSubmodels>`,
      CLOCK,
    );
    expect(at(text, "A__x", 30)).toBeCloseTo(7, 9);
  });

  test("missing definitions, ports and files, and models inside themselves, are refused", () => {
    const sub = (attributes: string): string =>
      `<comp:listOfSubmodels><comp:submodel comp:id="A" ${attributes}/></comp:listOfSubmodels>`;
    expect(() => readSbml(file(sub('comp:modelRef="cloc"'), CLOCK))).toThrow("no model definition 'cloc'");
    expect(() => readSbml(file(sub('comp:modelRef="top"'), ""))).toThrow("contains itself");
    const external = `</comp:listOfModelDefinitions><comp:listOfExternalModelDefinitions><comp:externalModelDefinition comp:id="e" comp:source="../secret.xml"/></comp:listOfExternalModelDefinitions><comp:listOfModelDefinitions>`;
    expect(() => readSbml(file(sub('comp:modelRef="e"'), external))).toThrow("'../secret.xml' cannot be read");
    expect(
      readSbml(file(sub('comp:modelRef="e"'), external), {
        external: () => file("<listOfParameters><parameter id='p' constant='true'/></listOfParameters>", ""),
      }).parameters[0]?.id,
    ).toBe("A__p");
  });
});
