import { expect, test } from "vitest";
import { synergy } from "../../../src/analysis/inhibitors/synergy.ts";
import { synergyFigure } from "../../../src/report/figures/synergy.ts";

const doses = [0, 1, 2, 4];
const bootstrap = { resamples: 40, seed: 1 };
const grid = (f: (a: number, b: number) => number) => ({
  dosesA: doses,
  dosesB: doses,
  repeats: ["EGF", "HGF"],
  effect: [0.98, 1].map((scale) => doses.map((a) => doses.map((b) => scale * f(a, b)))),
});

test("a drug with itself is additive after Loewe", () => {
  const { loewe } = synergy(
    grid((a, b) => Math.min(0.8, 0.1 * (a + b))),
    bootstrap,
  );
  expect(loewe[1]?.[2]?.estimate).toBeCloseTo(0, 9);
  expect(loewe[1]?.[1]?.estimate).toBeCloseTo(0, 9);
});

test("independent drugs have no excess after Bliss, alone nobody has any", () => {
  const { bliss, loewe } = synergy(
    grid((a, b) => 1 - 2 ** (-a / 4) * 2 ** (-b / 8)),
    bootstrap,
  );
  expect(Math.abs(bliss[2]?.[3]?.estimate ?? 1)).toBeLessThan(0.01);
  expect(bliss[3]?.[0]?.estimate).toBe(0);
  expect(loewe[0]?.[3]?.estimate).toBeCloseTo(0, 9);
});

test("a pair that does what neither does alone is synergy, with its interval on one side of zero", () => {
  const { bliss } = synergy(
    grid((a, b) => (a > 0 && b > 0 ? 0.6 : 0.05 * Number(a + b > 0))),
    bootstrap,
  );
  expect(bliss[1]?.[1]?.low).toBeGreaterThan(0.4);
});

test("doses that don't ascend from 0 are refused, and the figure draws both tables", () => {
  expect(() => synergy({ ...grid(() => 0), dosesA: [1, 2, 3, 4] }, bootstrap)).toThrow(/ascend from 0, got 1, 2, 3, 4/);
  const found = synergy(
    grid((a, b) => 0.05 * (a + b)),
    bootstrap,
  );
  const { svg } = synergyFigure(found, { title: "t", drugA: "A", drugB: "B", dosesA: doses, dosesB: doses });
  expect(svg.match(/<rect [^>]*width="60"/g)).toHaveLength(32);
});
