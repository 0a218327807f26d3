import { expect, test } from "vitest";
import { plainSource } from "../../../src/scenario/documents/source.ts";
import { namesOf } from "../../../src/scenario/names.ts";

const variables = new Map([
  ["expression:b0008", "talB"],
  ["expression:b0720", "gltA"],
  ["pool:glc__D_e", "glucose"],
]);
const names = namesOf(plainSource({}), { graph: undefined, variables, modules: new Map() });

test("expression goes by b-number and by the gene's name", () => {
  expect([names.variable("expression:b0720", []), names.variable("expression:gltA", [])]).toEqual([
    "expression:b0720",
    "expression:b0720",
  ]);
});

test("a mistyped gene's expression is answered with the name that was meant, before any b-number", () => {
  expect(() => names.variable("expression:gltAA", [])).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/^did you mean 'expression:gltA'/) }),
  );
});
