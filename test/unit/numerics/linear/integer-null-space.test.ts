import fc from "fast-check";
import { expect, test } from "vitest";
import { type IntegerRow, integerLeftNullSpace } from "../../../../src/numerics/linear/integer-null-space.ts";
import { nullSpace } from "../../../../src/numerics/linear/null-space.ts";

const rowsOf = (matrix: readonly (readonly number[])[]): IntegerRow[] =>
  matrix.map((row) => new Map(row.flatMap((v, j) => (v === 0 ? [] : [[j, BigInt(v)] as const]))));
const plain = (w: IntegerRow) => Object.fromEntries([...w].map(([i, v]) => [i, Number(v)]));

test("an enzyme, its complex and its substrate have the two totals of the textbook", () => {
  // S + E <-> ES -> P + E
  const matrix = [
    [-1, 0],
    [-1, 1],
    [1, -1],
    [0, 1],
  ];
  const found = integerLeftNullSpace(rowsOf(matrix)).map(plain);
  expect(found).toEqual([
    { 1: 1, 2: 1 },
    { 0: 1, 2: 1, 3: 1 },
  ]);
});

test("weights are the smallest whole numbers", () => {
  // 4 A <-> 6 B
  expect(integerLeftNullSpace(rowsOf([[-4], [6]])).map(plain)).toEqual([{ 0: 3, 1: 2 }]);
});

test("where every total needs a minus sign one is given with it", () => {
  // A + B -> nothing
  expect(integerLeftNullSpace(rowsOf([[-1], [-1]])).map((w) => [...w.values()].sort())).toEqual([[-1n, 1n]]);
});

test("any matrix: all w A = 0, as many as the rank leaves, without a common divisor", () => {
  const matrices = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 })).chain(([n, m]) =>
    fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: m, maxLength: m }), {
      minLength: n,
      maxLength: n,
    }),
  );
  fc.assert(
    fc.property(matrices, (matrix) => {
      const found = integerLeftNullSpace(rowsOf(matrix));
      const transposed = (matrix[0] ?? []).map((_, j) => Float64Array.from(matrix, (row) => row[j] ?? 0));
      expect(found.length).toBe(nullSpace(transposed, matrix.length).length);
      for (const w of found)
        for (let j = 0; j < (matrix[0]?.length ?? 0); j++)
          expect([...w].reduce((sum, [i, v]) => sum + Number(v) * (matrix[i]?.[j] ?? 0), 0)).toBe(0);
    }),
    { numRuns: 200, seed: 1 },
  );
});
