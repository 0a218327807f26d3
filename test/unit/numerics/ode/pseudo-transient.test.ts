import { expect, test } from "vitest";
import { findRest, type SteadyProblem } from "../../../../src/numerics/ode/pseudo-transient.ts";

/** A problem of n states from a right-hand side and its Jacobian's entry. */
function problem(
  n: number,
  f: (y: Float64Array) => readonly number[],
  entry: (y: Float64Array, i: number, j: number) => number,
  extra: Partial<SteadyProblem> = {},
): SteadyProblem {
  return {
    size: n,
    rhs: (y, dy) => dy.set(f(y)),
    jacobian: (y, matrix) => {
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) matrix[i * n + j] = entry(y, i, j);
    },
    invariants: [],
    scale: new Float64Array(n).fill(1e-9),
    positive: Array.from({ length: n }, () => true),
    ...extra,
  };
}

test("a source and a saturable drain rest where they balance", () => {
  const p = problem(
    1,
    ([x = 0]) => [1 - (4 * x) / (2 + x)],
    ([x = 0]) => -8 / (2 + x) ** 2,
  );
  const y = Float64Array.of(1e-6);
  expect(findRest(p, y).converged).toBe(true);
  expect(y[0]).toBeCloseTo(2 / 3, 12);
});

test("a total is kept although the Jacobian is singular", () => {
  // A <-> B, k = 3, l = 1, A + B = 8
  const p = problem(
    2,
    ([a = 0, b = 0]) => [b - 3 * a, 3 * a - b],
    (_, i, j) => (i === j ? 1 : -1) * (j === 0 ? -3 : -1),
    {
      invariants: [
        {
          dependent: 1,
          terms: [
            { index: 0, weight: 1 },
            { index: 1, weight: 1 },
          ],
          total: 8,
        },
      ],
    },
  );
  const y = Float64Array.of(8, 0);
  expect(findRest(p, y).converged).toBe(true);
  expect([...y]).toEqual([expect.closeTo(2, 12), expect.closeTo(6, 12)]);
});

test("of two stable states the one on the same side is found", () => {
  // dx/dt = (x - 1)(2 - x)(x - 3): stable at 1 and 3, unstable at 2
  const p = problem(
    1,
    ([x = 0]) => [(x - 1) * (2 - x) * (x - 3)],
    ([x = 0]) => -3 * x * x + 12 * x - 11,
  );
  for (const [start, end] of [
    [1.5, 1],
    [2.6, 3],
    [20, 3],
    [0.01, 1],
  ] as const) {
    const y = Float64Array.of(start);
    expect(findRest(p, y).converged).toBe(true);
    expect(y[0]).toBeCloseTo(end, 9);
  }
});

test("where nothing rests it says so", () => {
  const y = Float64Array.of(1);
  expect(
    findRest(
      problem(
        1,
        () => [1],
        () => 0,
      ),
      y,
    ).converged,
  ).toBe(false);
});
