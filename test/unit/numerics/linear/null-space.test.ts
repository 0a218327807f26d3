import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nullSpace } from "../../../../src/numerics/linear/null-space.ts";

function times(a: readonly Float64Array[], x: Float64Array): number[] {
  return a.map((row) => row.reduce((sum, v, k) => sum + v * (x[k] ?? 0), 0));
}

describe("null space", () => {
  test("of a circle of three reactions", () => {
    const basis = nullSpace([Float64Array.of(1, 0, -1), Float64Array.of(-1, 1, 0), Float64Array.of(0, -1, 1)], 3);
    expect(basis.map((x) => [...x])).toEqual([[1, 1, 1]]);
  });

  test("of nothing is everything, of the identity nothing", () => {
    expect(nullSpace([], 2)).toHaveLength(2);
    expect(nullSpace([Float64Array.of(1, 0), Float64Array.of(0, 1)], 2)).toEqual([]);
  });

  test("every vector is in it, and rank and nullity add up", () => {
    const entry = fc.integer({ min: -3, max: 3 });
    const columns = 6;
    fc.assert(
      fc.property(fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), { maxLength: 5 }), (rows) => {
        const a = rows.map((row) => Float64Array.from(row));
        const basis = nullSpace(a, columns);
        for (const x of basis) for (const v of times(a, x)) expect(Math.abs(v)).toBeLessThan(1e-8);
        expect(basis.length).toBeGreaterThanOrEqual(columns - rows.length);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
