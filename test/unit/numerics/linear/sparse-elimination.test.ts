import { describe, expect, test } from "vitest";
import { eliminationOf, type SparsePattern } from "../../../../src/numerics/linear/sparse-elimination.ts";
import { fullPattern, placePattern } from "../../../../src/numerics/sundials/pattern.ts";
import { sharedSundials } from "../../../../src/numerics/sundials/shared.ts";
import { sundialsSolver } from "../../../../src/numerics/sundials/solver.ts";

/** An arrow: full first row, first column and diagonal. Eliminated first to last it fills wholly, last to first not. */
function arrow(n: number): SparsePattern {
  const rows: number[] = [];
  const starts = [0];
  for (let j = 0; j < n; j++) {
    if (j === 0) for (let i = 0; i < n; i++) rows.push(i);
    else rows.push(0, j);
    starts.push(rows.length);
  }
  return { rows: Int32Array.from(rows), starts: Int32Array.from(starts) };
}

describe("elimination by minimum degree", () => {
  test("an arrow doesn't fill in", () => {
    const plan = eliminationOf(arrow(10));
    expect(plan?.columns.length).toBe(28);
    expect(plan?.order.at(-1)).toBeLessThan(10);
    expect([...(plan?.order.slice(0, 8) ?? [])]).not.toContain(0);
    expect(plan?.work).toBe(2 * 9);
  });

  test("is given up where it takes more work than allowed", () => {
    expect(eliminationOf(arrow(10), 5)).toBeUndefined();
  });
});

describe("a stiff linear problem y' = J y with that Jacobian", () => {
  test.each([
    [4, true],
    [4, false],
    [40, true],
    [40, false],
  ])("of %d variables, dense: %s; agrees with difference quotients", (n, pivoting) => {
    const sundials = sharedSundials();
    const pattern = arrow(n);
    using placed = placePattern(sundials, pattern, pivoting);
    expect(placed.sparse).toBe(!pivoting);
    const entries = Array.from(pattern.rows, (row, k) => (k >= n && row > 0 ? -1 - 1e4 * row : k === 0 ? -2 : 1 / n));
    const rhs = sundials.addFunction((_t, y, out) => {
      const [from, to] = [sundials.doubles(y, n), sundials.doubles(out, n)];
      to.fill(0);
      for (let j = 0; j < n; j++)
        for (let k = pattern.starts[j] ?? 0; k < (pattern.starts[j + 1] ?? 0); k++) {
          const row = pattern.rows[k] ?? 0;
          to[row] = (to[row] ?? 0) + (entries[k] ?? 0) * (from[j] ?? 0);
        }
      return 0;
    });
    const call = sundials.addFunction((_t, _y, out) => {
      sundials.doubles(out, entries.length).set(entries);
      return 0;
    });
    const setup = { t0: 0, y0: new Float64Array(n).fill(1), rtol: 1e-8, atol: new Float64Array(n).fill(1e-12), rhs };
    using own = sundialsSolver(sundials, { ...setup, jacobian: { call, pattern: placed.pointer } });
    using quotients = sundialsSolver(sundials, setup);
    for (const solver of [own, quotients]) expect(solver.integrate(1, 10_000).status).toBe("stop-reached");
    const [a, b] = [own.state().slice(), quotients.state().slice()];
    a.forEach((value, i) => {
      expect(Math.abs(value - (b[i] ?? 0))).toBeLessThan(1e-6 * Math.abs(value) + 1e-10);
    });
    expect(own.statistics().factorisations).toBeGreaterThan(5);
    sundials.removeFunction(rhs);
    sundials.removeFunction(call);
  });
});

test("a full pattern is eliminated in the fixed order while few variables have one, with a search for pivots beyond", () => {
  for (const n of [3, 20, 60]) {
    using placed = placePattern(sharedSundials(), fullPattern(n));
    expect(placed.sparse).toBe(n < 30);
  }
});
