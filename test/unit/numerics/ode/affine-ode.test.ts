import { describe, expect, test } from "vitest";
import { solveDense } from "../../../../src/numerics/ode/affine-lu.ts";
import { type AffineSystem, affineAt, affineSolver } from "../../../../src/numerics/ode/affine-ode.ts";
import { continuousWeight, NODES, STAGES, WEIGHTS } from "../../../../src/numerics/ode/affine-radau.ts";

describe("solveDense", () => {
  test("solves with pivoting and sees a singular matrix", () => {
    const x = Float64Array.of(5, 6, 18);
    expect(solveDense(Float64Array.of(0, 1, 1, 1, 0, 1, 2, 3, 2), x, 3)).toBe(true);
    expect([...x]).toEqual([3, 2, 3].map((v) => expect.closeTo(v, 12)));
    expect(solveDense(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 2), 2)).toBe(false);
  });
});

describe("Radau IIA", () => {
  test("stages integrate quadratics, weights polynomials of degree 4", () => {
    for (let power = 0; power < 5; power++) {
      const sum = NODES.reduce((s, c, j) => s + (WEIGHTS[j] ?? 0) * c ** power, 0);
      expect(sum).toBeCloseTo(1 / (power + 1), 14);
    }
    NODES.forEach((c, i) => {
      for (let power = 0; power < 3; power++) {
        const sum = NODES.reduce((s, node, j) => s + (STAGES[3 * i + j] ?? 0) * node ** power, 0);
        expect(sum).toBeCloseTo(c ** (power + 1) / (power + 1), 14);
      }
      for (let j = 0; j < 3; j++) expect(continuousWeight(j, c)).toBeCloseTo(STAGES[3 * i + j] ?? 0, 14);
    });
  });
});

/** x' = -k (x - cos t), with y' = x passive. */
const pull = (k: number): AffineSystem => ({
  size: 2,
  active: Int32Array.of(0),
  fill(t, matrix, vector) {
    matrix[0] = -k;
    matrix[1] = 1;
    vector[0] = k * Math.cos(t);
  },
});

describe("affineSolver", () => {
  const options = { rtol: 1e-9, atol: Float64Array.of(1e-12, 1e-12), maxSteps: 1000 };

  test.each([1, 1e3, 1e8])("x' = -k (x - cos t), k = %g", (k) => {
    const solver = affineSolver(2, options);
    expect(solver.solve(pull(k), 0, 3, Float64Array.of(0, 0))).toBe("done");
    const x = (t: number) => (k * (k * Math.cos(t) + Math.sin(t)) - k * k * Math.exp(-k * t)) / (1 + k * k);
    const y = (t: number) => (k * (k * Math.sin(t) - Math.cos(t) + Math.exp(-k * t))) / (1 + k * k);
    const out = new Float64Array(2);
    affineAt(solver.solution, 3, out);
    expect(out[0]).toBeCloseTo(x(3), 8);
    expect(out[1]).toBeCloseTo(y(3), 8);
    affineAt(solver.solution, 1.234, out);
    expect(out[0]).toBeCloseTo(x(1.234), 4);
    expect(out[1]).toBeCloseTo(y(1.234), 4);
  });

  test("a rotating matrix is followed to the tolerance", () => {
    const spin: AffineSystem = {
      size: 2,
      active: Int32Array.of(0, 1),
      fill(t, matrix) {
        matrix.set([0, -t, t, 0]);
      },
    };
    const solver = affineSolver(2, options);
    expect(solver.solve(spin, 0, 4, Float64Array.of(1, 0))).toBe("done");
    const out = new Float64Array(2);
    affineAt(solver.solution, 4, out);
    expect(out[0]).toBeCloseTo(Math.cos(8), 6);
    expect(out[1]).toBeCloseTo(Math.sin(8), 6);
  });

  test("what is not finite or takes too long is a status", () => {
    const broken: AffineSystem = { size: 1, active: Int32Array.of(0), fill: (_t, m) => m.fill(Number.NaN) };
    expect(affineSolver(1, { ...options, atol: Float64Array.of(1) }).solve(broken, 0, 1, Float64Array.of(1))).toBe(
      "not-finite",
    );
    const short = affineSolver(2, { ...options, maxSteps: 3 });
    expect(short.solve(pull(1e3), 0, 3, Float64Array.of(0, 0))).toBe("too-many-steps");
  });
});
