import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import type { CellModule } from "../../src/cell/module.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf } from "../../src/engine/trajectory.ts";
import { mediumModule } from "../../src/metabolism/medium.ts";
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
