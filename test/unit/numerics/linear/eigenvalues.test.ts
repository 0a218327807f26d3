import fc from "fast-check";
import { expect, test } from "vitest";
import { eigenvalues } from "../../../../src/numerics/linear/eigenvalues.ts";
import type { Matrix } from "../../../../src/numerics/linear/linalg.ts";

const matrix = (rows: readonly (readonly number[])[]): Matrix => ({
  rows: rows.length,
  columns: rows.length,
  data: Float64Array.from(rows.flat()),
});

test("a companion matrix has the roots of its polynomial", () => {
  // (x - 1)(x - 2)(x - 3)(x^2 + 1) = x^5 - 6 x^4 + 12 x^3 - 12 x^2 + 11 x - 6
  const found = eigenvalues(
    matrix([
      [6, -12, 12, -11, 6],
      [1, 0, 0, 0, 0],
      [0, 1, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 1, 0],
    ]),
  );
  const expected = [
    [3, 0],
    [2, 0],
    [1, 0],
    [0, 1],
    [0, -1],
  ];
  expected.forEach(([re, im], i) => {
    expect(found?.[i]?.re).toBeCloseTo(re ?? 0, 10);
    expect(found?.[i]?.im).toBeCloseTo(im ?? 0, 10);
  });
});

test("eigenvalues over twelve orders of magnitude keep their digits", () => {
  const found = eigenvalues(
    matrix([
      [-1e6, 1e6, 0],
      [1, -1, 1e-6],
      [0, 1e-3, -1e-6],
    ]),
  );
  const [first, second, third] = found ?? [];
  expect((first?.re ?? 0) + (second?.re ?? 0) + (third?.re ?? 0)).toBeCloseTo(-1e6 - 1 - 1e-6, 4);
  expect(third?.re).toBeCloseTo(-1000001.000001, 3);
});

test("trace and determinant are the sum and product of the eigenvalues", () => {
  const entries = fc.integer({ min: -50, max: 50 });
  const matrices = fc
    .integer({ min: 1, max: 9 })
    .chain((n) => fc.array(fc.array(entries, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }));
  fc.assert(
    fc.property(matrices, (rows) => {
      const found = eigenvalues(matrix(rows)) ?? [];
      expect(found.length).toBe(rows.length);
      const trace = rows.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
      expect(found.reduce((sum, { re }) => sum + re, 0)).toBeCloseTo(trace, 6);
      expect(found.reduce((sum, { im }) => sum + im, 0)).toBeCloseTo(0, 6);
      let product = { re: 1, im: 0 };
      for (const { re, im } of found)
        product = { re: product.re * re - product.im * im, im: product.re * im + product.im * re };
      const expected = determinant(rows);
      const size = found.reduce((p, { re, im }) => p * Math.max(1, Math.hypot(re, im)), 1);
      expect(Math.abs(product.re - expected) / size).toBeLessThan(1e-6);
    }),
    { numRuns: 200, seed: 3 },
  );
});

function determinant(rows: readonly (readonly number[])[]): number {
  const a = rows.map((row) => [...row]);
  let product = 1;
  for (let k = 0; k < a.length; k++) {
    const p = a.findIndex(
      (row, i) => i >= k && row[k] === Math.max(...a.slice(k).map((r) => r[k] ?? 0)) && row[k] !== 0,
    );
    const pivotRow = p >= 0 ? p : a.findIndex((row, i) => i >= k && row[k] !== 0);
    if (pivotRow < 0) return 0;
    if (pivotRow !== k) {
      [a[k], a[pivotRow]] = [a[pivotRow] ?? [], a[k] ?? []];
      product = -product;
    }
    const pivot = a[k]?.[k] ?? 1;
    product *= pivot;
    for (let i = k + 1; i < a.length; i++) {
      const factor = (a[i]?.[k] ?? 0) / pivot;
      a[i] = (a[i] ?? []).map((value, j) => value - factor * (a[k]?.[j] ?? 0));
    }
  }
  return product;
}
