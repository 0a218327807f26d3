import { describe, expect, test } from "vitest";
import { matrixBuilder } from "../../../../src/metabolism/model/program.ts";
import { factorBasis } from "../../../../src/numerics/programs/basis-factor.ts";
import type { SparseColumns } from "../../../../src/numerics/programs/lp.ts";
import { seededRandom } from "../../../../src/numerics/seeded-random.ts";

/** A sparse square matrix with entries anywhere, the diagonal strong enough to be regular. */
function sparse(size: number, seed: number, density: number): SparseColumns {
  const random = seededRandom(seed);
  const builder = matrixBuilder(size);
  const shift = 1 + Math.floor(random.next() * (size - 1));
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      if (i === (j + shift) % size) builder.entry(i, 3 + random.next());
      else if (random.next() < density) builder.entry(i, random.next() - 0.5);
    }
    builder.end();
  }
  return builder.matrix();
}

function times({ starts, rows, values }: SparseColumns, x: Float64Array): Float64Array {
  const b = new Float64Array(x.length);
  for (let j = 0; j < x.length; j++)
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++)
      b[rows[k] ?? 0] = (b[rows[k] ?? 0] ?? 0) + (values[k] ?? 0) * (x[j] ?? 0);
  return b;
}

function timesTransposed({ starts, rows, values }: SparseColumns, y: Float64Array): Float64Array {
  return y.map((_, j) => {
    let sum = 0;
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) sum += (values[k] ?? 0) * (y[rows[k] ?? 0] ?? 0);
    return sum;
  });
}

describe("factorBasis", () => {
  test.each([
    [1, 0],
    [5, 0.1],
    [40, 0.02],
    [40, 0.3],
    [80, 0.01],
  ])("solves with a matrix and its transpose, %i columns at density %f", (size, density) => {
    for (let seed = 1; seed <= 8; seed++) {
      const matrix = sparse(size, seed, density);
      const factor = factorBasis(
        matrix,
        Int32Array.from({ length: size }, (_, j) => j),
      );
      if (factor === undefined) throw new Error("the matrix is regular");
      const x = Float64Array.from({ length: size }, (_, j) => Math.sin(1 + j));
      const solved = new Float64Array(size);
      factor.solve(times(matrix, x), solved);
      solved.forEach((value, j) => {
        expect(value).toBeCloseTo(x[j] ?? 0, 11);
      });
      factor.solveTransposed(timesTransposed(matrix, x), solved);
      solved.forEach((value, j) => {
        expect(value).toBeCloseTo(x[j] ?? 0, 11);
      });
    }
  });

  test("dependent columns are told", () => {
    const builder = matrixBuilder(2);
    for (const value of [1, 2]) {
      builder.entry(0, value);
      builder.entry(1, 2 * value);
      builder.end();
    }
    expect(factorBasis(builder.matrix(), Int32Array.of(0, 1))).toBeUndefined();
    expect(factorBasis(builder.matrix(), Int32Array.of(0, 0))).toBeUndefined();
  });
});
