import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createOutputs, referenceInputs } from "../../../../src/regulation/regulator.ts";
import { parsePlainRows, plainCard, plainRegulator } from "../../../../src/regulation/trained/plain-rows.ts";
import { parseRidge, ridgeRegulator } from "../../../../src/regulation/trained/ridge.ts";

const ridge = parseRidge(readFileSync(new URL("../../../../models/ecoli/ridge.json", import.meta.url), "utf8"));
const base = ridgeRegulator(ridge);
const ones = base.names.activities.map(() => 1);
const row = (surroundings: boolean) => ({ title: "a row", surroundings, any: ones, genes: [[3, ones.map(() => 2)]] });
const plain = (rows: object) =>
  JSON.stringify({ id: "rows", kind: "plain", base: "ridge.json", seen: { samples: 5, genotypes: ["arcA"] }, rows });
const rows = parsePlainRows(plain({ still: row(false), fed: row(true) }));

async function changes(name: string, set: (inputs: ReturnType<typeof referenceInputs>) => void): Promise<Float64Array> {
  const inputs = referenceInputs(base);
  const outputs = createOutputs(base);
  set(inputs);
  await plainRegulator(rows, name, base).predict(inputs, outputs);
  return outputs.activityChange;
}

test("nothing lost changes nothing, more than the wild type's neither", async () => {
  expect([...(await changes("still", () => {}))].every((value) => value === 0)).toBe(true);
  const more = await changes("still", ({ perturbation }) => perturbation.fill(4, 3, 4));
  expect([...more].every((value) => value === 0)).toBe(true);
});

test("a loss counts by its share; what any loss brings counts once", async () => {
  const half = await changes("still", ({ perturbation }) => perturbation.fill(-0.5, 3, 4));
  expect(half[0]).toBeCloseTo(0.5 * (1 + 2), 12);
  const two = await changes("still", ({ perturbation }) => perturbation.fill(-1, 3, 5));
  expect(two[0]).toBeCloseTo(1 + 2, 12);
});

test("what was measured of two losses together counts in place of what was measured of each", async () => {
  const change = (value: number) => ones.map(() => value);
  const measured = [
    [[3], change(1)],
    [[4], change(1)],
    [[3, 4], change(10)],
  ];
  const still = { ...row(false), any: change(0), genes: [], measured };
  const said = async (lost: readonly number[], level: number) => {
    const [inputs, outputs] = [referenceInputs(base), createOutputs(base)];
    for (const gene of lost) inputs.perturbation[gene] = -level;
    await plainRegulator(parsePlainRows(plain({ still })), "still", base).predict(inputs, outputs);
    return outputs.activityChange[0];
  };
  expect([await said([3], 1), await said([3, 4], 1), await said([3, 4], 0.5)]).toEqual([1, 10, 5]);
  expect(await said([], 1)).toBe(0);
});

test("medium and effectors are the base's, losses the row's", async () => {
  const anaerobic = (inputs: ReturnType<typeof referenceInputs>) => {
    inputs.environment[base.names.environment.indexOf("oxygen")] = -1;
  };
  const inputs = referenceInputs(base);
  const outputs = createOutputs(base);
  anaerobic(inputs);
  base.predict(inputs, outputs);
  expect(await changes("fed", anaerobic)).toEqual(outputs.activityChange);
  expect((await changes("still", anaerobic))[0]).toBe(0);
});

test("the card has the base's columns and the row's own name and past", () => {
  const card = plainCard(rows, "still", ridge.card);
  expect([card.id, card.kind, card.seen.genotypes]).toEqual(["a row", "plain", ["arcA"]]);
  const own = { ...row(true), seen: { samples: 2, genotypes: ["fnr"] } };
  expect(plainCard(parsePlainRows(plain({ own })), "own", ridge.card).seen.genotypes).toEqual(["fnr"]);
  expect(card.inputs).toBe(ridge.card.inputs);
});

test("unknown rows and rows that don't fit are refused by name", () => {
  expect(() => plainRegulator(rows, "stil", base)).toThrow("no row 'stil'");
  const short = parsePlainRows(plain({ short: { ...row(true), any: [1] } }));
  expect(() => plainRegulator(short, "short", base)).toThrow("does not fit");
  expect(() => parsePlainRows("{}")).toThrow("not plain rows");
});
