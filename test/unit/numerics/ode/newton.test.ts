import { expect, test } from "vitest";
import { newtonSolver } from "../../../../src/numerics/ode/newton.ts";

test("finds the common root of a small system and leaves it in memory", () => {
  const values = Float64Array.of(1, 2, 0, 0);
  const solve = newtonSolver({
    memory: () => values,
    unknowns: [0, 1],
    residuals: [2, 3],
    compute() {
      const [x = 0, y = 0] = values;
      values[2] = x * x + y * y - 25;
      values[3] = x - y + 1;
    },
  });
  expect(solve()).toBe(true);
  expect(values[0]).toBeCloseTo(3, 12);
  expect(values[1]).toBeCloseTo(4, 12);
});

test("says so where there is no way on", () => {
  const values = Float64Array.of(1, 0);
  const flat = newtonSolver({
    memory: () => values,
    unknowns: [0],
    residuals: [1],
    compute: () => void values.set([1], 1),
  });
  expect(flat()).toBe(false);
});
