import { describe, expect, test } from "vitest";
import { DISTRIBUTIONS, draw } from "../../../src/numerics/distributions.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";

const N = 20_000;

/** Name, arguments, mean, standard deviation. */
const CASES: readonly (readonly [string, readonly number[], number, number])[] = [
  ["normal", [3, 2], 3, 2],
  ["uniform", [1, 5], 3, 4 / Math.sqrt(12)],
  ["bernoulli", [0.3], 0.3, Math.sqrt(0.21)],
  ["binomial", [40, 0.25], 10, Math.sqrt(7.5)],
  ["chisquare", [5], 5, Math.sqrt(10)],
  ["exponential", [4], 0.25, 0.25],
  ["gamma", [0.5, 3], 1.5, Math.sqrt(4.5)],
  ["gamma", [6, 2], 12, Math.sqrt(24)],
  ["laplace", [1, 2], 1, Math.sqrt(8)],
  ["laplace", [2], 0, Math.sqrt(8)],
  ["lognormal", [0, 0.5], Math.exp(0.125), Math.sqrt((Math.exp(0.25) - 1) * Math.exp(0.25))],
  ["poisson", [700], 700, Math.sqrt(700)],
  ["rayleigh", [2], 2 * Math.sqrt(Math.PI / 2), 2 * Math.sqrt(2 - Math.PI / 2)],
  ["cauchy", [1, 2, 1.1, 10], 3.34521, 2.04193],
];

describe("random draws", () => {
  test.each(CASES)("%s %j has its mean and deviation", (name, given, mean, deviation) => {
    const distribution = DISTRIBUTIONS.get(name);
    if (distribution === undefined) throw new Error(`no distribution ${name}`);
    const random = seededRandom(11);
    const values = Array.from({ length: N }, () => draw(distribution, random.next, given));
    const average = values.reduce((a, b) => a + b, 0) / N;
    const spread = Math.sqrt(values.reduce((a, b) => a + (b - average) ** 2, 0) / N);
    expect(Math.abs(average - mean)).toBeLessThan((4.5 * deviation) / Math.sqrt(N));
    expect(Math.abs(spread / deviation - 1)).toBeLessThan(0.05);
  });
});
