import { describe, expect, test } from "vitest";
import { composeCell } from "../../../src/cell/compose.ts";
import type { Window } from "../../../src/cell/module.ts";
import { columnOf } from "../../../src/engine/trajectory.ts";
import { algebraModule, odeModule, state } from "../../support/toys.ts";
import { clock, last, run } from "./simulated-cells.ts";

describe("sudden changes of states", () => {
  /** x grows by the time; whenever it reaches 1 it falls to 0: an event as SBML has them. */
  const reset = () => {
    const owns = [state("x", 0)];
    let at: number | undefined;
    let last = { t0: 0, x0: 0, after: 0 };
    return {
      ...odeModule({ id: "reset", owns, f() {} }),
      advance(window: Window) {
        const { t0, t1, start, owned, before } = window;
        const x0 = start[0] ?? 0;
        const hit = t0 + (1 - x0);
        at = hit <= t1 ? hit : undefined;
        last = { t0, x0, after: at ?? Number.POSITIVE_INFINITY };
        before?.fill(1);
        owned[0] = at === undefined ? x0 + (t1 - t0) : t1 - hit;
        return { ok: true } as const;
      },
      interpolate(t: number, owned: Float64Array) {
        owned[0] = t < last.after ? last.x0 + (t - last.t0) : t - last.after;
      },
      suddenChange: () => at,
    };
  };
  const follower = () =>
    odeModule({
      id: "follower",
      owns: [state("y", 0)],
      reads: ["x"],
      f: (_t, _x, r, dx) => {
        dx[0] = r[0] ?? 0;
      },
    });

  test("others see the states before and after, never a line between", async () => {
    const cell = composeCell([reset(), follower()]);
    const trajectory = await run(cell, 3.5, { output: Float64Array.of(0.5, 1, 1.5, 3.5), rtol: 1e-8, atol: 1e-10 });
    expect([...(columnOf(trajectory, "x") ?? [])]).toEqual([0.5, 0, 0.5, 0.5].map((v) => expect.closeTo(v, 9)));
    expect([...(columnOf(trajectory, "y") ?? [])]).toEqual([0.125, 0.5, 0.625, 1.625].map((v) => expect.closeTo(v, 8)));
    const moved = trajectory.ledger.filter((entry) => entry.variable === "x");
    expect(moved).toEqual([{ variable: "x", module: "reset", moved: expect.closeTo(0.5, 9) }]);
  });
});

describe("tightly coupled modules", () => {
  const relaxTo = (id: string, own: string, other: string, start: number, k: number) =>
    odeModule({
      id,
      owns: [state(own, start)],
      reads: [other],
      inner: 0.2 / k,
      f: (_t, x, r, dx) => {
        dx[0] = k * ((r[0] ?? 0) - (x[0] ?? 0));
      },
    });

  test("are corrected more often, and stay right", async () => {
    const modules = () => [relaxTo("a", "x", "y", 1, 50), relaxTo("b", "y", "x", 0, 50)];
    const trajectory = await run(composeCell(modules()), 2, { rtol: 1e-4, atol: 1e-6 });
    expect(trajectory.status.code).toBe("done");
    expect(last(trajectory, "x")).toBeCloseTo(0.5, 3);
    expect(last(trajectory, "x") + last(trajectory, "y")).toBeCloseTo(1, 3);
    const once = await run(composeCell(modules()), 2, { rtol: 1e-4, atol: 1e-6, corrections: 1 });
    expect(once.statistics.evaluations).toBeGreaterThan(trajectory.statistics.evaluations);
  });

  test("that never settle end the run by name", async () => {
    const jumpy = (id: string, own: string, other: string) =>
      odeModule({
        id,
        owns: [state(own, 1)],
        reads: [other],
        f: (_t, _x, r, dx) => {
          dx[0] = 1e13 * Math.sin(1e13 * (r[0] ?? 0));
        },
      });
    const trajectory = await run(composeCell([jumpy("a", "x", "y"), jumpy("b", "y", "x")]), 1);
    expect(trajectory.status.code).toBe("failed");
    expect(trajectory.status.message).toMatch(/'[xy]'/);
  });
});

describe("warnings", () => {
  test("are kept once while their cause lasts", async () => {
    const hungry = algebraModule({
      id: "hungry",
      reads: ["A"],
      f() {},
      fails: (_t, r) => ((r[0] ?? 0) > 0.5 && (r[0] ?? 0) < 0.7 ? { ok: true, warning: "no sugar" } : { ok: true }),
    });
    const trajectory = await run(composeCell([clock(), hungry]), 1, { maxStep: 0.05 });
    expect(trajectory.warnings.map(({ module, message }) => `${module}: ${message}`)).toEqual(["hungry: no sugar"]);
    expect(trajectory.warnings[0]?.t).toBeGreaterThan(0.5);
    expect(trajectory.warnings[0]?.t).toBeLessThan(0.6);
  });
});

describe("a regime that flickers", () => {
  test("is left to the error control after a while, with a warning", async () => {
    const restless = algebraModule({
      id: "restless",
      reads: ["A"],
      f() {},
      regime: (_t, r) => String(Math.floor((r[0] ?? 0) * 1700) % 3),
    });
    const trajectory = await run(composeCell([clock(), restless]), 1, { initialStep: 0.01, maxStep: 0.01 });
    expect(trajectory.status.code).toBe("done");
    expect(trajectory.statistics.steps).toBeLessThan(200);
    expect(trajectory.warnings.map(({ module }) => module)).toEqual(["restless"]);
  });
});
