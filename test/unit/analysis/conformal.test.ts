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

const widthsOf = (of: typeof examples) => conformalWidths(zeros, of, [0.9])[0] ?? [];
const groupsOf = (predicted: Float64Array[], of: typeof examples) =>
  conformalCoverage(predicted, of, [0.9])[0]?.groups ?? [];

describe("conformal intervals", () => {
  test("hold what they promise where projects are alike", () => {
    const levels = [0.5, 0.8, 0.9];
    for (const [k, { overall, groups }] of conformalCoverage(zeros, examples, levels).entries()) {
      const level = levels[k] ?? 0;
      expect(Math.abs(overall - level)).toBeLessThan(0.02);
      expect(groups.length).toBe(PROJECTS);
      expect(groups[0]?.coverage).toBeGreaterThan(level - 0.08);
    }
  });

  test("a variable that is hard to predict gets a wider interval", () => {
    const first = widthsOf(examples)[0];
    expect((first?.[3] ?? 0) / (first?.[0] ?? 1)).toBeGreaterThan(2.5);
  });

  test("a project is never calibrated on itself: the one that behaves otherwise is found", () => {
    const wild = [...examples, ...Array.from({ length: 5 }, () => example("odd", 6))];
    const groups = groupsOf([...zeros, ...zeros.slice(0, 5)], wild);
    expect(groups[0]?.group).toBe("odd");
    expect(groups[0]?.coverage).toBeLessThan(0.5);
  });

  test("the further the wild type, the wider the interval, as errors are in the other projects", () => {
    const far = examples.map((_, i) => i % 7);
    const uneven = far.map((away, i) => ({
      ...example(`p${i % PROJECTS}`, 1 + away),
      // Each distance in three projects at least, so that a like wild type is near for 0 and none is for the others.
      wildType: new Float64Array(40).fill(away === 0 ? 0 : i * away),
    }));
    const widths = widthsOf(uneven);
    const [near, away] = [far.indexOf(0), far.lastIndexOf(6)].map((c) => widths[c]?.[0] ?? 0);
    expect((away ?? 0) / (near ?? 1)).toBeGreaterThan(1.5);
  });

  test("the more variables a gene regulates, the wider the interval, as errors are in the other projects", () => {
    const regulated = (i: number) => 12 * (i % 3);
    const uneven = examples.map((_, i) => ({
      ...example(`p${i % PROJECTS}`, 1 + regulated(i) / 6),
      own: Uint8Array.from({ length: 40 }, (_v, k) => (k < regulated(i) ? 1 : 0)),
    }));
    const widths = widthsOf(uneven);
    expect((widths[2]?.[0] ?? 0) / (widths[0]?.[0] ?? 1)).toBeGreaterThan(2.5);
  });

  test("a project of many conditions counts no more than one of few", () => {
    const many = Array.from({ length: 120 }, () => example("easy", 0.2));
    const groups = groupsOf([...zeros, ...many.map(() => new Float64Array(40))], [...examples, ...many]);
    expect(groups.filter(({ group }) => group !== "easy").every((group) => group.coverage > 0.8)).toBe(true);
  });
});
