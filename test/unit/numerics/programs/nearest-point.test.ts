import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SparseColumns } from "../../../../src/numerics/programs/lp.ts";
import { nearestPoints } from "../../../../src/numerics/programs/nearest-point.ts";

/** A dense matrix, given by columns, as a sparse one. */
function sparse(columns: readonly (readonly number[])[]): SparseColumns {
  const entries = columns.map((column) => column.flatMap((value, i) => (value === 0 ? [] : [{ i, value }])));
  return {
    rowCount: columns[0]?.length ?? 0,
    starts: Int32Array.from([0, ...entries.map((_, j) => entries.slice(0, j + 1).flat().length)]),
    rows: Int32Array.from(entries.flat(), ({ i }) => i),
    values: Float64Array.from(entries.flat(), ({ value }) => value),
  };
}

describe("nearest point of a polytope", () => {
  test("without bounds in the way the weights share the sum out", () => {
    const problem = nearestPoints(sparse([[1], [1]]), Float64Array.of(1, 2));
    const wide = Float64Array.of(10, 10);
    const point = problem.solve(
      wide.map((x) => -x),
      wide,
      Float64Array.of(3),
    );
    expect(point?.[0]).toBeCloseTo(2, 12);
    expect(point?.[1]).toBeCloseTo(1, 12);
  });

  test("a bound takes what it lets through, the others the rest", () => {
    const problem = nearestPoints(sparse([[1], [1], [1]]), new Float64Array(3).fill(1));
    const point = problem.solve(new Float64Array(3), Float64Array.of(0.5, 10, 10), Float64Array.of(3));
    expect([...(point ?? [])].map((x) => Number(x.toFixed(12)))).toEqual([0.5, 1.25, 1.25]);
  });

  test("rows that say the same twice are no obstacle", () => {
    const problem = nearestPoints(sparse([[1, 2, 0], [1, 2, 1]]), Float64Array.of(1, 1)); // biome-ignore format: columns
    const point = problem.solve(Float64Array.of(-9, -9), Float64Array.of(9, 9), Float64Array.of(3, 6, 1));
    expect(point?.[0]).toBeCloseTo(2, 10);
    expect(point?.[1]).toBeCloseTo(1, 10);
  });

  test("where no point satisfies the rows there is none", () => {
    const problem = nearestPoints(sparse([[1], [1]]), Float64Array.of(1, 1));
    expect(problem.solve(new Float64Array(2), Float64Array.of(1, 1), Float64Array.of(3))).toBeUndefined();
  });

  test("no point that satisfies the rows is nearer", () => {
    const number = fc.integer({ min: -3, max: 3 });
    const columns = fc.array(fc.array(number, { minLength: 3, maxLength: 3 }), { minLength: 6, maxLength: 6 });
    const inside = fc.array(fc.double({ min: -1, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(columns, inside, (a, x) => {
        const b = Float64Array.from([0, 1, 2], (i) =>
          a.reduce((sum, column, j) => sum + (column[i] ?? 0) * (x[j] ?? 0), 0),
        );
        const [low, high] = [new Float64Array(6).fill(-1), new Float64Array(6).fill(2)];
        const point = nearestPoints(sparse(a), new Float64Array(6).fill(1)).solve(low, high, b);
        // Least distance to 0: the angle towards every other point is at least a right one.
        const angle = [...(point ?? [])].reduce((sum, p, j) => sum + p * ((x[j] ?? 0) - p), 0);
        expect(angle).toBeGreaterThan(-1e-8);
      }),
      { numRuns: 60 },
    );
  });
});
