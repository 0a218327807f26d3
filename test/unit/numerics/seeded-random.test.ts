import { expect, test } from "vitest";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import { mean, standardDeviation } from "../../../src/numerics/statistics.ts";

const draws = (seed: number, count: number, pick = (random: ReturnType<typeof seededRandom>) => random.next()) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => pick(random));
};

test("a seed gives its stream, another seed another", () => {
  expect(draws(7, 20)).toEqual(draws(7, 20));
  expect(draws(7, 20)).not.toEqual(draws(8, 20));
});

test("draws are uniform and normal in their first moments", () => {
  const uniform = draws(1, 20_000);
  expect(mean(uniform)).toBeCloseTo(0.5, 2);
  expect(standardDeviation(uniform)).toBeCloseTo(1 / Math.sqrt(12), 2);
  const normal = draws(2, 20_000, (random) => random.normal());
  expect(Math.abs(mean(normal))).toBeLessThan(0.03);
  expect(standardDeviation(normal)).toBeCloseTo(1, 1);
});
