import { describe, expect, test } from "vitest";
import { type CvodeProblem, cvode } from "../../../../src/numerics/sundials/cvode.ts";
import { loadSundials } from "../../../../src/numerics/sundials/load-node.ts";
import { fullPattern, placePattern } from "../../../../src/numerics/sundials/pattern.ts";
import { sundialsSolver } from "../../../../src/numerics/sundials/solver.ts";

const sundials = loadSundials();

/** y'' = -y from (1, 0): cos t. */
function pendulum(overrides: Partial<CvodeProblem> = {}): CvodeProblem {
  return {
    t0: 0,
    y0: Float64Array.of(1, 0),
    rtol: 1e-6,
    atol: Float64Array.of(1e-9, 1e-9),
    method: "radau",
    rhs(_t, [y = 0, v = 0], out) {
      out[0] = v;
      out[1] = -y;
      return true;
    },
    jacobian(_t, _y, J) {
      J.set([0, -1, 1, 0]);
      return true;
    },
    ...overrides,
  };
}

function errorAt(problem: CvodeProblem, stop: number): { error: number; steps: number } {
  using solver = cvode(sundials, problem);
  let status = solver.step(stop);
  while (status === "stepped") status = solver.step(stop);
  expect(status).toBe("stop-reached");
  expect(solver.t).toBe(stop);
  const y = new Float64Array(2);
  solver.current(y);
  return { error: Math.abs((y[0] ?? 0) - Math.cos(stop)), steps: solver.statistics().steps };
}

describe("Radau IIA in WebAssembly", () => {
  test("is of order 9: half the step, 512 times less error", () => {
    const steps = [2, 1].map((h) => ({ rtol: 1, atol: Float64Array.of(1, 1), initialStep: h, maxStep: h }));
    const [coarse = 0, fine = 0] = steps.map((limits) => errorAt(pendulum(limits), 16).error);
    expect(Math.log2(coarse / fine)).toBeGreaterThan(8.5);
    expect(Math.log2(coarse / fine)).toBeLessThan(9.5);
  });

  test("a hundred undamped periods keep 7 digits at rtol 1e-6, where BDF keeps 3", () => {
    const stop = 200 * Math.PI;
    const radau = errorAt(pendulum(), stop);
    expect(radau.error).toBeLessThan(1e-7);
    const bdf = errorAt(pendulum({ method: "bdf" }), stop);
    expect(bdf.error).toBeGreaterThan(5e-4);
    expect(bdf.steps).toBeGreaterThan(5 * radau.steps);
  });

  test("difference quotients stand in for a Jacobian", () => {
    const { jacobian: _, ...rest } = pendulum();
    expect(errorAt(rest, 20).error).toBeLessThan(1e-7);
  });

  test("the solution inside a step is as good as its ends", () => {
    using solver = cvode(sundials, pendulum());
    const out = new Float64Array(2);
    let before = 0;
    while (solver.step(20) === "stepped") {
      for (const share of [0, 0.3, 0.7, 1]) {
        const t = before + share * (solver.t - before);
        expect(solver.interpolate(t, out)).toBe(true);
        expect(out[0]).toBeCloseTo(Math.cos(t), 5);
      }
      before = solver.t;
    }
  });

  test("a restored snapshot goes on to the same bits", () => {
    using solver = cvode(sundials, pendulum());
    const [first, second] = [new Float64Array(2), new Float64Array(2)];
    for (let i = 0; i < 5; i++) solver.step(100);
    const kept = solver.snapshot();
    const run = (into: Float64Array): void => {
      for (let i = 0; i < 20; i++) solver.step(100);
      solver.current(into);
    };
    run(first);
    solver.restore(kept);
    run(second);
    expect([...second]).toEqual([...first]);
  });

  test("what can't be computed is a status", () => {
    using solver = cvode(sundials, pendulum({ rhs: (t) => t < 1 }));
    let status = solver.step(2);
    while (status === "stepped") status = solver.step(2);
    expect(status).toBe("rhs-failed");
    expect(solver.t).toBeLessThanOrEqual(1);
  });
});

describe("differential-algebraic equations", () => {
  // Robertson's reaction with y1 + y2 + y3 = 1 in place of the third equation. Reference: ROBER of the test set.
  const robertson = (rtol: number): { y: Float64Array; steps: number } => {
    const pattern = placePattern(sundials, fullPattern(3), true);
    const rhs = sundials.addFunction((_t, y, out) => {
      const [a = 0, b = 0, c = 0] = sundials.doubles(y, 3);
      sundials.doubles(out, 3).set([-0.04 * a + 1e4 * b * c, 0.04 * a - 1e4 * b * c - 3e7 * b * b, a + b + c - 1]);
      return 0;
    });
    const jacobian = sundials.addFunction((_t, y, out) => {
      const [, b = 0, c = 0] = sundials.doubles(y, 3);
      const columns = [-0.04, 0.04, 1, 1e4 * c, -1e4 * c - 6e7 * b, 1, 1e4 * b, -1e4 * b, 1];
      sundials.doubles(out, 9).set(columns);
      return 0;
    });
    using solver = sundialsSolver(sundials, {
      ...{ t0: 0, y0: [1, 0, 0], rtol, atol: [1e-18, 1e-18, 1e-18], method: "radau", moving: 2, rhs },
      jacobian: { call: jacobian, pattern: pattern.pointer },
    });
    expect(solver.integrate(1e11, 100_000).status).toBe("stop-reached");
    const y = solver.state().slice();
    pattern[Symbol.dispose]();
    return { y, steps: solver.statistics().steps };
  };

  test("an equation without a derivative holds beside those with one", () => {
    const { y } = robertson(1e-6);
    expect((y[0] ?? 0) / 0.2083340149701255e-7).toBeCloseTo(1, 6);
    expect((y[1] ?? 0) / 0.8333360770334713e-13).toBeCloseTo(1, 6);
    expect((y[0] ?? 0) + (y[1] ?? 0) + (y[2] ?? 0)).toBeCloseTo(1, 14);
  });
});
