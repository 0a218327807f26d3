import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import type { CellModule } from "../../src/cell/module.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf } from "../../src/engine/trajectory.ts";
import { mediumModule } from "../../src/metabolism/medium/medium.ts";
import { rungeKutta } from "../support/coupled-problems/runge-kutta.ts";
import { drainModule, odeModule, state } from "../support/toys.ts";

const pool = "pool:s";
const fed = (rate: number) =>
  mediumModule({
    pools: [{ variable: pool, initial: 1, transfer: { kLa: rate / 1e6, saturation: 1e6 } }],
    biomass: { initial: 1 },
  });

/** Where supply and a saturable drain that is thousands of times faster than the run meet. */
const VMAX = 5e4;
const KM = 2;
const monod = drainModule({
  id: "drain",
  pool,
  rate: (s) => (VMAX * s) / (KM + s),
  slope: (s) => (VMAX * KM) / (KM + s) ** 2,
});
const SUPPLY = 20;
const STEADY = (SUPPLY * KM) / (VMAX - SUPPLY);

async function endOf(modules: CellModule[], step: number, id: string): Promise<number> {
  const options = {
    t0: 0,
    t1: 10,
    output: Float64Array.of(10),
    maxStep: step,
    initialStep: step,
    rtol: 1e-4,
    atol: 1e-7,
  };
  const trajectory = await simulate(composeCell(modules), options);
  expect(trajectory.status.code).toBe("done");
  return columnOf(trajectory, id)?.[0] ?? Number.NaN;
}

describe("bias at a stiff steady state", () => {
  test.each([10, 1, 0.1, 0.01])("supply and a fast drain, macro-steps of up to %g h", async (step) => {
    const end = await endOf([fed(SUPPLY), monod], step, pool);
    expect(Math.abs(end - STEADY)).toBeLessThan(1e-4 * STEADY + 1e-7);
  });

  test.each([10, 1, 0.1])("two modules that pull at each other, macro-steps of up to %g h", async (step) => {
    const pull = (id: string, own: string, other: string, offset: number) =>
      odeModule({
        id,
        owns: [state(own, 0)],
        reads: [other],
        inner: 0.002,
        f: (_t, x, r, dx) => {
          dx[0] = 60 * (offset + 0.5 * (r[0] ?? 0) - (x[0] ?? 0));
        },
      });
    const modules = [pull("a", "x", "y", 1), pull("b", "y", "x", 2)];
    expect(Math.abs((await endOf(modules, step, "x")) - 8 / 3)).toBeLessThan(1e-4 * (8 / 3) + 1e-7);
  });
});

describe("two modules that exchange a hundred times an hour without feedback, and drift slowly together", () => {
  const EXCHANGE = 100;
  const TIMES = [2, 5, 10];
  const own: Record<string, (t: number, x: number) => number> = { x: (_t, x) => -0.3 * x, y: (t) => 0.3 * Math.sin(t) };
  const one = (id: string, other: string) =>
    odeModule({
      id,
      owns: [state(id, 1)],
      reads: [other],
      inner: 0.002,
      f: (t, x, r, dx) => {
        dx[0] = EXCHANGE * ((r[0] ?? 0) - (x[0] ?? 0)) + (own[id]?.(t, x[0] ?? 0) ?? 0);
      },
    });
  const exact = rungeKutta(
    (t, [x = 0, y = 0]) => [EXCHANGE * (y - x) - 0.3 * x, EXCHANGE * (x - y) + 0.3 * Math.sin(t)],
    [1, 1],
    TIMES,
    1e-3,
  );

  test.each([1e-2, 1e-3, 1e-4, 1e-5])("the slow motion is right within three times %g", async (tolerance) => {
    const options = { t0: 0, t1: 10, output: Float64Array.from(TIMES), rtol: tolerance, atol: tolerance };
    const trajectory = await simulate(composeCell([one("x", "y"), one("y", "x")]), options);
    expect(trajectory.status.code).toBe("done");
    ["x", "y"].forEach((id, i) => {
      exact.forEach((values, k) => {
        const value = values[i] ?? Number.NaN;
        const error = Math.abs((columnOf(trajectory, id)?.[k] ?? Number.NaN) - value);
        expect(error).toBeLessThanOrEqual(3 * tolerance * (1 + Math.abs(value)));
      });
    });
  });

  test("where corrections are too few for the coupling, steps get shorter; where that fails too, the run says so", async () => {
    const options = { t0: 0, t1: 1, output: Float64Array.of(1), corrections: 1, minStep: 0.01, initialStep: 0.1 };
    const { status, statistics } = await simulate(composeCell([one("x", "y"), one("y", "x")]), options);
    expect(statistics.rejectedFor.get("coupling")).toBeGreaterThan(0);
    expect(status).toMatchObject({
      code: "failed",
      message: expect.stringContaining("do not settle in 1 corrections"),
    });
  });
});
