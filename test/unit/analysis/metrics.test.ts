import { describe, expect, test } from "vitest";
import { clusterBootstrap } from "../../../src/analysis/metrics/bootstrap.ts";
import {
  correlations,
  definedMean,
  flagged,
  meanCentredCorrelation,
  pooledCorrelation,
  squaredErrors,
} from "../../../src/analysis/metrics/change.ts";
import { coverage } from "../../../src/analysis/metrics/coverage.ts";
import { discrimination, signAgreement } from "../../../src/analysis/metrics/direction.ts";
import { skill } from "../../../src/analysis/metrics/skill.ts";

const rows = (...values: number[][]) => values.map((row) => Float64Array.from(row));
const observed = rows([1, 2, 3], [2, 0, -2]);

describe("metrics of predicted changes", () => {
  test("mean squared error of each condition", () => {
    const predicted = rows([1, 2, 5], [2, 0, 0]);
    expect([...squaredErrors(predicted, observed)]).toEqual([4 / 3, 4 / 3]);
  });

  test("correlation by condition; a constant prediction counts as 0, all of them as undefined", () => {
    expect([...correlations(rows([2, 4, 6], [1, 1, 1]), observed)]).toEqual([1, Number.NaN]);
    expect(definedMean(correlations(rows([2, 4, 6], [1, 1, 1]), observed))).toBe(0.5);
    expect(definedMean(correlations(rows([0, 0, 0], [0, 0, 0]), observed))).toBeNaN();
  });

  test("centred, the mean prediction is undefined and a shifted truth perfect", () => {
    const centres = rows([1, 1, 1], [1, 0, 1]);
    expect(meanCentredCorrelation(centres, observed, centres)).toBeNaN();
    const doubled = observed.map((y, c) => y.map((value, i) => 2 * value - (centres[c]?.[i] ?? 0)));
    expect(meanCentredCorrelation(doubled, observed, centres)).toBeCloseTo(1, 14);
  });

  test("own regulon: pooled over the flagged variables alone", () => {
    const own = [Uint8Array.of(1, 1, 0), Uint8Array.of(0, 0, 1)];
    const over = (conditions: readonly number[], ...predicted: number[][]) =>
      pooledCorrelation(flagged(rows(...predicted), own), flagged(observed, own), conditions);
    expect(over([0, 1], [1, 2, 99], [7, -7, -2])).toBeCloseTo(1, 14);
    expect(over([0, 1], [-1, -2, 0], [0, 0, 2])).toBeCloseTo(-1, 14);
  });

  test("sign: only changes above the noise, a zero half right", () => {
    const noise = Float64Array.of(1.5, 1.5, 2.5);
    // counted: 2 (condition 1, variable 2), 3, and 2 (condition 2, variable 1)
    expect(signAgreement(rows([-1, 1, 1], [0, 0, 0]), observed, noise)).toBeCloseTo(2.5 / 3, 15);
    expect(signAgreement(observed, observed, Float64Array.of(9, 9, 9))).toBeNaN();
  });

  test("discrimination: 1 where every prediction is nearest to its own, 0 where farthest, 1/2 for one and the same", () => {
    expect(discrimination(observed, observed)).toBe(1);
    expect(discrimination([...observed].reverse(), observed)).toBe(0);
    expect(discrimination(rows([0, 0, 0], [0, 0, 0]), observed)).toBe(0.5);
    expect(discrimination(rows([1, 1, 1]), rows([1, 1, 1]))).toBeNaN();
  });

  test("skill is not clipped", () => {
    expect(skill(0.6, 0.5, 0.8)).toBeCloseTo(1 / 3, 14);
    expect(skill(0.4, 0.5, 0.8)).toBeCloseTo(-1 / 3, 14);
    // the same for an error, where less is better
    expect(skill(6, 7, 2)).toBeCloseTo(0.2, 14);
  });

  test("coverage by group, the worst first", () => {
    const lower = rows([0, 0, 0], [0, 0, 0]);
    const upper = rows([5, 5, 5], [1, 1, 1]);
    const found = coverage(lower, upper, observed, ["a", "b"]);
    expect(found.overall).toBeCloseTo(4 / 6, 15);
    expect(found.groups).toEqual([
      { group: "b", coverage: 1 / 3, conditions: 1 },
      { group: "a", coverage: 1, conditions: 1 },
    ]);
  });
});

describe("bootstrap over groups", () => {
  const group = Array.from({ length: 60 }, (_, i) => `g${i % 20}`);
  const values = group.map((_, i) => (i % 20) / 10);
  const mean = (conditions: readonly number[]) =>
    conditions.reduce((sum, c) => sum + (values[c] ?? 0), 0) / conditions.length;

  test("the estimate is that of all conditions, the interval that of the groups' spread", () => {
    const { estimate, low, high } = clusterBootstrap(group, mean, { resamples: 4000, seed: 1 });
    expect(estimate).toBeCloseTo(0.95, 14);
    // standard error of a mean of 20 groups with standard deviation 0.577
    const half = 1.96 * (0.5766 / Math.sqrt(20));
    expect(low).toBeCloseTo(0.95 - half, 1);
    expect(high).toBeCloseTo(0.95 + half, 1);
  });

  test("the seed decides, and pairs statistics", () => {
    const options = { resamples: 200, seed: 3 };
    const once = clusterBootstrap(group, mean, options);
    expect(clusterBootstrap(group, mean, options)).toEqual(once);
    expect(clusterBootstrap(group, (c) => mean(c) + 1, options).low).toBeCloseTo(once.low + 1, 12);
    expect(clusterBootstrap(group, mean, { ...options, seed: 4 }).low).not.toBe(once.low);
  });

  test("whole groups are drawn", () => {
    clusterBootstrap(
      ["a", "a", "b"],
      (conditions) => {
        expect(conditions.filter((c) => c === 0).length).toBe(conditions.filter((c) => c === 1).length);
        return 0;
      },
      { resamples: 50, seed: 1 },
    );
  });
});
