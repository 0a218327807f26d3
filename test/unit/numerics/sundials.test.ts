import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type CvodeProblem, cvode } from "../../../src/numerics/sundials/cvode.ts";
import { loadSundials } from "../../../src/numerics/sundials/load-node.ts";

const sundials = loadSundials();
const folder = new URL("../../../src/numerics/sundials/", import.meta.url);

/** Robertson's autocatalytic reaction, the classic of stiffness (Hairer and Wanner, Solving ODEs II, IV.1). */
function robertson(overrides: Partial<CvodeProblem> = {}): CvodeProblem {
  return {
    t0: 0,
    y0: Float64Array.of(1, 0, 0),
    rtol: 1e-6,
    atol: Float64Array.of(1e-12, 1e-16, 1e-12),
    rhs(_t, [a = 0, b = 0, c = 0], out) {
      out[0] = -0.04 * a + 1e4 * b * c;
      out[2] = 3e7 * b * b;
      out[1] = 0.04 * a - 1e4 * b * c - 3e7 * b * b;
      return true;
    },
    jacobian(_t, [, b = 0, c = 0], J) {
      J.set([-0.04, 0.04, 0, 1e4 * c, -1e4 * c - 6e7 * b, 6e7 * b, 1e4 * b, -1e4 * b, 0]);
      return true;
    },
    ...overrides,
  };
}

const withoutJacobian = (): CvodeProblem => {
  const { jacobian: _, ...rest } = robertson();
  return rest;
};

function finish(problem: CvodeProblem, stop: number): Float64Array {
  using solver = cvode(sundials, problem);
  let status = solver.step(stop);
  while (status === "stepped") status = solver.step(stop);
  expect(status).toBe("stop-reached");
  expect(solver.t).toBe(stop);
  const y = new Float64Array(problem.y0.length);
  solver.current(y);
  return y;
}

describe("CVODE in WebAssembly", () => {
  test.each([
    ["with its Jacobian", robertson()],
    ["with difference quotients", withoutJacobian()],
  ])("Robertson's problem to t = 1e11, %s", (_name, problem) => {
    // Reference: Test Set for IVP Solvers, problem ROBER, release 2.4.
    const [a = 0, b = 0, c = 0] = finish(problem, 1e11);
    expect(a / 0.2083340149701255e-7).toBeCloseTo(1, 3);
    expect(b / 0.8333360770334713e-13).toBeCloseTo(1, 3);
    expect(c / 0.999999979166505).toBeCloseTo(1, 6);
  });

  test("roots are found where they are, with their direction", () => {
    const roots: CvodeProblem["roots"] = {
      count: 2,
      functions(_t, y, g) {
        g[0] = (y[2] ?? 0) - 0.01;
        g[1] = 2 + (y[0] ?? 0);
        return true;
      },
    };
    using solver = cvode(sundials, robertson({ roots }));
    let status = solver.step(1e3);
    while (status === "stepped") status = solver.step(1e3);
    expect(status).toBe("root-found");
    expect([...solver.rootDirections()]).toEqual([1, 0]);
    const y = new Float64Array(3);
    solver.current(y);
    // CVODE's own example cvRoberts_dns prints this root at t = 2.6391e-01.
    expect(solver.t).toBeCloseTo(0.26391, 3);
    expect(y[2]).toBeCloseTo(0.01, 9);
  });

  test("a restored snapshot goes on to the same bits", () => {
    using solver = cvode(sundials, robertson());
    const advance = (): [number, ...number[]] => {
      for (let i = 0; i < 60; i++) solver.step(1e6);
      const y = new Float64Array(3);
      solver.current(y);
      return [solver.t, ...y];
    };
    advance();
    const snapshot = solver.snapshot();
    const first = advance();
    solver.restore(snapshot);
    expect(advance()).toEqual(first);
  });

  test("interpolation inside the last step agrees with a decay's closed form", () => {
    const problem: CvodeProblem = {
      t0: 0,
      y0: Float64Array.of(1),
      rtol: 1e-10,
      atol: Float64Array.of(1e-12),
      rhs(_t, y, out) {
        out[0] = -2 * (y[0] ?? 0);
        return true;
      },
    };
    using solver = cvode(sundials, problem);
    let before = 0;
    const y = new Float64Array(1);
    while (solver.t < 1) {
      before = solver.t;
      solver.step(10);
    }
    const at = 0.5 * (before + solver.t);
    expect(solver.interpolate(at, y)).toBe(true);
    expect(y[0]).toBeCloseTo(Math.exp(-2 * at), 8);
    expect(solver.interpolate(at, y, 1)).toBe(true);
    expect(y[0]).toBeCloseTo(-2 * Math.exp(-2 * at), 6);
  });

  test("a right-hand side that can't be computed is a status, not a crash", () => {
    using solver = cvode(sundials, robertson({ rhs: (t) => t === 0 }));
    expect(solver.step(1)).toBe("rhs-failed");
    expect(solver.message()).toMatch(/right-hand side/);
  });

  test("difference quotients by the thousand fit the solver's own memory", () => {
    const problem: CvodeProblem = {
      t0: 0,
      y0: Float64Array.of(2, 0),
      rtol: 1e-6,
      atol: Float64Array.of(1e-8, 1e-8),
      // Van der Pol's oscillator with a damping of 1000 (Hairer and Wanner, Solving ODEs II, IV.1).
      rhs(_t, [x = 0, v = 0], out) {
        out[0] = v;
        out[1] = 1000 * (1 - x * x) * v - x;
        return true;
      },
    };
    using solver = cvode(sundials, problem);
    let status = solver.step(80_000);
    while (status === "stepped") status = solver.step(80_000);
    expect(status).toBe("stop-reached");
    expect(solver.statistics().jacobians).toBeGreaterThan(1000);
  });

  test("thousands of solvers come and go in the same memory", () => {
    finish(robertson(), 10);
    const before = sundials.exports.memory.buffer.byteLength;
    for (let i = 0; i < 2000; i++) cvode(sundials, robertson())[Symbol.dispose]();
    expect(sundials.exports.memory.buffer.byteLength).toBe(before);
  });

  test("the shipped module is the one whose hash is written beside it", () => {
    const hash = createHash("sha256")
      .update(readFileSync(new URL("sundials.wasm", folder)))
      .digest("hex");
    expect(readFileSync(new URL("sundials.wasm.sha256", folder), "utf8")).toBe(`${hash}  sundials.wasm\n`);
  });
});
