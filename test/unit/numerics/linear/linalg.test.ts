import { describe, expect, test } from "vitest";
import { cholesky, ridgeSums, solveCholesky } from "../../../../src/numerics/linear/linalg.ts";

/** The 3 x 3 Hilbert matrix: inverse known in whole numbers. */
const hilbert = () => ({
  rows: 3,
  columns: 3,
  data: Float64Array.of(1, 1 / 2, 1 / 3, 1 / 2, 1 / 3, 1 / 4, 1 / 3, 1 / 4, 1 / 5),
});

describe("dense linear algebra", () => {
  test("Cholesky solves a Hilbert system to rounding", () => {
    const factor = hilbert();
    expect(cholesky(factor)).toBe(true);
    const x = Float64Array.of(1, 0, 0);
    solveCholesky(factor, x);
    expect(x[0]).toBeCloseTo(9, 10);
    expect(x[1]).toBeCloseTo(-36, 10);
    expect(x[2]).toBeCloseTo(30, 10);
  });

  test("a matrix that is not positive definite is refused", () => {
    expect(cholesky({ rows: 2, columns: 2, data: Float64Array.of(1, 2, 2, 1) })).toBe(false);
  });

  test("ridge sums recover weights, and shrink them by the ridge", () => {
    const sums = ridgeSums(2);
    for (const [a, b] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [2, -1],
    ] as const)
      sums.add(Float64Array.of(a, b), 3 * a - 2 * b);
    const exact = sums.solve(0);
    expect(exact[0]).toBeCloseTo(3, 12);
    expect(exact[1]).toBeCloseTo(-2, 12);
    // (X'X + I)^-1 X'y with X'X = [[6, -1], [-1, 3]] and X'y = [20, -9]
    const shrunk = sums.solve(1);
    expect(shrunk[0]).toBeCloseTo((20 * 4 - 9) / 27, 12);
    expect(shrunk[1]).toBeCloseTo((-9 * 7 + 20) / 27, 12);
  });
});
