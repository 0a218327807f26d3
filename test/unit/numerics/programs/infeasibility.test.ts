import { expect, test } from "vitest";
import { infeasibilityProofs } from "../../../../src/numerics/programs/infeasibility.ts";
import { loadLp } from "../../../../src/numerics/programs/load-lp.ts";
import type { LinearProgram } from "../../../../src/numerics/programs/lp.ts";
import { withRowColumns } from "../../../../src/numerics/programs/vertex.ts";

/** in - out = 0, with 2 <= out <= 10. */
const program: LinearProgram = {
  sense: "maximize",
  matrix: { rowCount: 1, starts: Int32Array.of(0, 1, 2), rows: Int32Array.of(0, 0), values: Float64Array.of(1, -1) },
  cost: Float64Array.of(0, 1),
  lower: Float64Array.of(0, 2),
  upper: Float64Array.of(10, 10),
  rowLower: Float64Array.of(0),
  rowUpper: Float64Array.of(0),
};
const most = (supply: number) => ({ ...program, upper: Float64Array.of(supply, 10) });

test("a ray proves while supply stays below demand, whatever its sign, and no further", () => {
  for (const ray of [1, -1]) {
    const proofs = infeasibilityProofs(withRowColumns(program));
    expect(proofs.exclude(most(1))).toBe(false);
    expect(proofs.take(Float64Array.of(ray), most(1))).toBe(true);
    expect([0, 0.5, 1.9, 1.999].map((supply) => proofs.exclude(most(supply)))).toEqual([true, true, true, true]);
    expect([2 - 1e-9, 2, 2.1, Number.POSITIVE_INFINITY].map((supply) => proofs.exclude(most(supply)))).toEqual(
      Array(4).fill(false),
    );
  }
});

test("a ray that proves nothing isn't held", () => {
  const proofs = infeasibilityProofs(withRowColumns(program));
  expect(proofs.take(Float64Array.of(1), most(3))).toBe(false);
  expect(proofs.take(Float64Array.of(0), most(1))).toBe(false);
  expect(proofs.exclude(most(1))).toBe(false);
});

test("the solver's own ray is a proof", async () => {
  const session = (await loadLp()).open(program);
  const proofs = infeasibilityProofs(withRowColumns(program));
  session.setBounds(program.lower, most(1).upper);
  expect(session.solve((ray) => proofs.take(ray, most(1)))).toBe("infeasible");
  expect(proofs.exclude(most(1.5))).toBe(true);
  session.dispose();
});
