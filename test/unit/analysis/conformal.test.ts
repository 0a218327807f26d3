import { describe, expect, test } from "vitest";
import { conformalCoverage, conformalWidths } from "../../../src/analysis/knockouts/conformal.ts";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";

const random = seededRandom(11);
const PROJECTS = 10;
const example = (project: string, size: number) => ({
  genotype: project,
  condition: project,
  project,
  group: project,
  genes: [],
  wildType: new Float64Array(40),
  own: new Uint8Array(40),
  change: Float64Array.from({ length: 40 }, (_, i) => size * (1 + (i % 4)) * random.normal()),
});
const examples = Array.from({ length: 100 }, (_, i) => example(`p${i % PROJECTS}`, 1));
const zeros = examples.map(() => new Float64Array(40));

describe("conformal intervals", () => {
  test("hold what they promise where projects are alike", () => {
    for (const level of [0.5, 0.8, 0.9]) {
      const { overall, groups } = conformalCoverage(zeros, examples, level);
      expect(Math.abs(overall - level)).toBeLessThan(0.02);
      expect(groups.length).toBe(PROJECTS);
      expect(groups[0]?.coverage).toBeGreaterThan(level - 0.08);
    }
  });

  test("a variable that is hard to predict gets a wider interval", () => {
    const [first] = conformalWidths(zeros, examples, 0.9);
    expect((first?.[3] ?? 0) / (first?.[0] ?? 1)).toBeGreaterThan(2.5);
  });

  test("a project is never calibrated on itself: the one that behaves otherwise is found", () => {
    const wild = [...examples, ...Array.from({ length: 5 }, () => example("odd", 6))];
    const { groups } = conformalCoverage([...zeros, ...zeros.slice(0, 5)], wild, 0.9);
    expect(groups[0]?.group).toBe("odd");
    expect(groups[0]?.coverage).toBeLessThan(0.5);
  });

  test("where larger changes are missed by more, a larger prediction gets a wider interval", () => {
    const sizes = examples.map((_, i) => 1 + (i % 7));
    const uneven = sizes.map((size, i) => example(`p${i % PROJECTS}`, size));
    const predicted = sizes.map((size) => new Float64Array(40).fill(size / 10));
    const widths = conformalWidths(predicted, uneven, 0.9);
    const [small, large] = [sizes.indexOf(1), sizes.indexOf(7)].map((c) => widths[c]?.[0] ?? 0);
    expect((large ?? 0) / (small ?? 1)).toBeGreaterThan(3);
  });
});
