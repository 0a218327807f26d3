import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factorDense, solveLu } from "../../../../src/numerics/linear/dense-lu.ts";
import { factorSparse, solveSparse } from "../../../../src/numerics/linear/sparse-lu.ts";

const SIZE = 8;
const entry = fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1), fc.double({ min: -3, max: 3, noNaN: true }));

describe("sparse elimination with pivots that are looked for", () => {
  test("solves what the dense one solves", () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 20 }),
        fc.array(fc.nat(SIZE - 1), { minLength: SIZE, maxLength: SIZE }),
        (entries, turns) => {
          const data = new Float64Array(SIZE * SIZE);
          for (const [i, j, value] of entries) data[i * SIZE + j] = value / 4;
          const order = Array.from({ length: SIZE }, (_, i) => i);
          turns.forEach((other, i) => {
            [order[i], order[other]] = [order[other] ?? 0, order[i] ?? 0];
          });
          order.forEach((j, i) => {
            data[i * SIZE + j] = (data[i * SIZE + j] ?? 0) + 10;
          });
          const b = Float64Array.from({ length: SIZE }, (_, i) => Math.sin(i + 1));
          const [x, y] = [new Float64Array(SIZE), new Float64Array(SIZE)];
          const sparse = factorSparse(data, SIZE);
          const dense = factorDense(data.slice(), SIZE);
          if (sparse === undefined || dense === undefined) throw new Error("no factors");
          solveSparse(sparse, b, x);
          solveLu(dense, b, y);
          x.forEach((value, i) => {
            expect(value).toBeCloseTo(y[i] ?? 0, 10);
          });
        },
      ),
    );
  });

  test("says where a matrix is singular", () => {
    expect(factorSparse(Float64Array.of(1, 2, 2, 4), 2)).toBeUndefined();
    expect(factorSparse(Float64Array.of(0, 0, 1, 1), 2)).toBeUndefined();
    expect(factorSparse(Float64Array.of(0, 1, 1, 0), 2)?.pivots.length).toBe(2);
  });
});
