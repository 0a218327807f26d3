import { expect, test } from "vitest";
import type { KnockoutExample } from "../../../src/regulation/baselines/example.ts";
import { meanOfOthers, noChange } from "../../../src/regulation/baselines/means.ts";
import { withMemory } from "../../../src/regulation/baselines/memory.ts";

const scale = Float64Array.of(1, 1);

/** A deletion of a regulator whose own regulon is the first of two iModulons. */
function deletion(genotype: string, state: number, change: readonly [number, number]): KnockoutExample {
  return {
    genotype,
    genes: genotype.split("+"),
    condition: `state ${state}`,
    project: "p",
    group: genotype,
    wildType: Float64Array.of(state, state),
    own: Uint8Array.of(1, 0),
    change: Float64Array.from(change),
  };
}

const seen = deletion("arcA", 0, [2, 2]);
const asked = (genotype: string, state: number) => ({ ...deletion(genotype, state, [0, 0]), group: "" });

test("a deletion never measured changes what the baseline says, and nothing is fitted for it", () => {
  const fitted = withMemory(noChange, { scale }).fit([seen]);
  expect([...fitted.predict(asked("fnr", 0))]).toEqual([0, 0]);
});

test("what was missed comes back, most of the own regulon's, half of it where the wild type is far off", () => {
  const fitted = withMemory(noChange, { scale }).fit([seen]);
  const [own, other] = fitted.predict(asked("arcA", 0));
  expect([own, other]).toEqual([expect.closeTo(2 / 1.3, 12), expect.closeTo(2 / 4, 12)]);
  expect(fitted.predict(asked("arcA", 100))[0]).toBeCloseTo((own ?? 0) / 2, 12);
});

test("two conditions that agree count for more than one; examples beside the fit count like those in it", () => {
  const again = deletion("arcA", 0.1, [2, 2]);
  const both = withMemory(noChange, { scale, also: [again] })
    .fit([seen])
    .predict(asked("arcA", 0));
  const inside = withMemory(noChange, { scale }).fit([seen, again]).predict(asked("arcA", 0));
  expect([...both]).toEqual([...inside]);
  expect(both[1]).toBeGreaterThan(2 / 4);
  expect(both[1]).toBeLessThan(2);
});

test("what an example is missed by is judged by a baseline that doesn't know it", () => {
  const others = [deletion("fnr", 0, [1, 1]), deletion("crp", 0, [1, 1])];
  const plain = meanOfOthers.fit([seen, ...others]).predict(asked("arcA", 0));
  const [own] = withMemory(meanOfOthers, { scale })
    .fit([seen, ...others])
    .predict(asked("arcA", 0));
  expect(own).toBeCloseTo((plain[0] ?? 0) + (2 - 1) / 1.3, 12);
});

test("a genotype is its genes, in whatever order", () => {
  const double = { ...deletion("arcA+fnr", 0, [2, 2]), genes: ["fnr", "arcA"] };
  const fitted = withMemory(noChange, { scale }).fit([double]);
  expect(fitted.predict(asked("arcA+fnr", 0))[0]).toBeGreaterThan(1);
  expect(fitted.predict(asked("arcA", 0))[0]).toBe(0);
});
