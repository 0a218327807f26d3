import { expect, test } from "vitest";
import { fluxModel } from "../../../src/metabolism/read/read-model.ts";
import { readSbml } from "../../../src/sbml/read.ts";

const FBC = "http://www.sbml.org/sbml/level3/version1/fbc/version2";

const genesOf = (...products: readonly string[]) =>
  fluxModel(
    readSbml(`<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" xmlns:fbc="${FBC}" fbc:required="false" level="3"
  version="1"><model id="m" fbc:strict="false"><fbc:listOfGeneProducts>${products
    .map((attributes) => `<fbc:geneProduct ${attributes.replaceAll(/(\w+)=/g, "fbc:$1=")}/>`)
    .join("")}</fbc:listOfGeneProducts></model></sbml>`),
  ).genes;

test("genes go by their ids, and a label that says more is their name", () => {
  expect(genesOf('id="G_YAL038W" label="CDC19"', 'id="G_YKL152C" label="GPM1"')).toEqual([
    { id: "YAL038W", name: "CDC19" },
    { id: "YKL152C", name: "GPM1" },
  ]);
  expect(genesOf('id="G_b2551" label="G_b2551" name="glyA"')).toEqual([{ id: "b2551", name: "glyA" }]);
  expect(genesOf('id="G_b2551" label="b2551"')).toEqual([{ id: "b2551", name: undefined }]);
});

test("where ids only count, the labels are what genes go by", () => {
  expect(genesOf('id="gp_1" label="b0001" name="thrL"', 'id="gp_2" label="b0002"')).toEqual([
    { id: "b0001", name: "thrL" },
    { id: "b0002", name: undefined },
  ]);
  expect(genesOf('id="g1" label="same"', 'id="g2" label="same"').map(({ id }) => id)).toEqual(["g1", "g2"]);
});
