import { describe, expect, test } from "vitest";
import type { Integrator, OdeOptions, OdeProblem } from "../../../../src/numerics/ode/ode.ts";
import { automatic } from "../../../../src/numerics/ode/ode-automatic.ts";
import { extrapolation } from "../../../../src/numerics/ode/ode-extrapolation.ts";
import { implicitIntegrator } from "../../../../src/numerics/ode/ode-implicit.ts";
import { dominantRate } from "../../../../src/numerics/ode/ode-stiffness.ts";
import { loadSundials } from "../../../../src/numerics/sundials/load-node.ts";

const OPTIONS: OdeOptions = { rtol: 1e-8, atol: [1e-10, 1e-10], maxSteps: 5000, maxStep: 100, firstStep: 1e-3 };

const circle: OdeProblem = {
  size: 2,
  rhs(_t, y, dy) {
    dy[0] = y[1] ?? 0;
    dy[1] = -(y[0] ?? 0);
  },
};

const relaxation = (rate: number): OdeProblem => ({
  size: 1,
  rhs(t, y, dy) {
    dy[0] = -rate * ((y[0] ?? 0) - Math.cos(t));
  },
});

function describeIntegrator(name: string, integrator: Integrator): void {
  describe(name, () => {
    test("a circle closes, and dense output lies on it", () => {
      let worst = 0;
      let last = 0;
      const end = integrator(circle, 0, [1, 0], 2 * Math.PI, OPTIONS, (step) => {
        const t = (step.t0 + step.t1) / 2;
        worst = Math.max(worst, Math.abs(step.at(0, t) - Math.cos(t)), Math.abs(step.at(1, t) + Math.sin(t)));
        last = step.y1[0] ?? 0;
        return true;
      });
      expect(end.code).toBe("done");
      expect(Math.abs(last - 1)).toBeLessThan(1e-5);
      expect(worst).toBeLessThan(1e-5);
    });

    test("stops where it is told", () => {
      const end = integrator(circle, 0, [1, 0], 100, OPTIONS, (step) => step.t1 < 1);
      expect(end.code).toBe("stopped");
      expect(end.t).toBeGreaterThanOrEqual(1);
      expect(end.t).toBeLessThan(100);
    });

    test("a rate that is not finite at all is named", () => {
      const broken: OdeProblem = { size: 2, rhs: (_t, _y, dy) => void dy.set([0, Number.NaN]) };
      expect(integrator(broken, 0, [0, 0], 1, OPTIONS, () => true)).toMatchObject({ code: "not-finite", component: 1 });
    });

    test("nothing to integrate still takes time", () => {
      let reached = 0;
      const empty: OdeProblem = { size: 0, rhs: () => {} };
      const end = integrator(empty, 0, [], 3, { ...OPTIONS, atol: [] }, (step) => {
        reached = step.t1;
        return true;
      });
      expect([end.code, reached]).toEqual(["done", 3]);
    });
  });
}

describeIntegrator("explicit extrapolation", extrapolation);
describeIntegrator("BDF", implicitIntegrator(loadSundials(), "bdf"));
describeIntegrator("Radau", implicitIntegrator(loadSundials(), "radau"));
describeIntegrator("explicit, then BDF", automatic(extrapolation, implicitIntegrator(loadSundials(), "bdf")));

describe("stiffness", () => {
  test("is seen by the explicit method, and the automatic one goes on", () => {
    const options = { ...OPTIONS, atol: [1e-10], maxSteps: 3000 };
    const problem = relaxation(1e8);
    expect(extrapolation(problem, 0, [0], 10, options, () => true)).toMatchObject({ code: "too-stiff", component: 0 });
    let y = 0;
    const end = automatic(extrapolation, implicitIntegrator(loadSundials(), "bdf"))(
      problem,
      0,
      [0],
      10,
      options,
      (step) => {
        y = step.y1[0] ?? 0;
        return true;
      },
    );
    expect(end).toMatchObject({ code: "done", stiff: true });
    expect(y).toBeCloseTo(Math.cos(10), 6);
  });

  test("the fastest rate is that of the Jacobian", () => {
    expect(dominantRate(relaxation(500), 0, [0]).rate).toBeCloseTo(500, 3);
  });

  test("a pole within reach of a trial step only shortens the step", () => {
    const root: OdeProblem = { size: 1, rhs: (_t, y, dy) => void dy.set([-Math.sqrt(y[0] ?? 0)]) };
    let y = 1;
    extrapolation(root, 0, [1], 1.9, { ...OPTIONS, atol: [1e-10] }, (step) => {
      y = step.y1[0] ?? 0;
      return true;
    });
    expect(y).toBeCloseTo((1 - 1.9 / 2) ** 2, 7);
  });
});
