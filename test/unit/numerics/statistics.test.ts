import { expect, test } from "vitest";
import { cosineDistance, mean, pearson, quantile, standardDeviation } from "../../../src/numerics/statistics.ts";

test("mean and population standard deviation", () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
});

test("Pearson's r of Anscombe's first set", () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  expect(pearson(x, y)).toBeCloseTo(0.81642, 5);
});

test("Pearson's r is undefined where a side is constant, to rounding", () => {
  expect(pearson([1, 2, 3], [5, 5, 5])).toBeNaN();
  expect(pearson([0.1 + 0.2, 0.3, 0.3], [1, 2, 3])).toBeNaN();
  expect(pearson([0, 0], [0, 1])).toBeNaN();
});

test("cosine distance", () => {
  expect(cosineDistance([1, 0], [0, 2])).toBe(1);
  expect(cosineDistance([1, 1], [3, 3])).toBeCloseTo(0, 15);
  expect(cosineDistance([1, 1], [-3, -3])).toBeCloseTo(2, 15);
  expect(cosineDistance([0, 0], [1, 1])).toBe(1);
});

test("quantiles interpolate between order statistics", () => {
  expect(quantile([1, 2, 3, 4], 0)).toBe(1);
  expect(quantile([1, 2, 3, 4], 1)).toBe(4);
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([10], 0.3)).toBe(10);
});
