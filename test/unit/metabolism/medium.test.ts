import { describe, expect, test } from "vitest";
import { composeCell } from "../../../src/cell/compose.ts";
import { simulate } from "../../../src/engine/simulate.ts";
import { columnOf } from "../../../src/engine/trajectory.ts";
import { CellweaveError } from "../../../src/errors.ts";
import { mediumModule } from "../../../src/metabolism/medium/medium.ts";
import { describeModule } from "../../support/describe-module.ts";
import { drainModule } from "../../support/toys.ts";

const medium = () =>
  mediumModule({
    pools: [
      { variable: "pool:glc__D_e", initial: 10 },
      { variable: "pool:o2_e", initial: 0.1, transfer: { kLa: 20, saturation: 0.21 } },
    ],
    biomass: { initial: 0.05 },
  });

describeModule("mediumModule", () => ({
  module: medium(),
  reads0: [],
  reads1: [],
  t0: 1,
  t1: 1.5,
  rates: [
    { target: 0, rate0: -3, rate1: -4 },
    { target: 1, rate0: -1, rate1: -1.5 },
    { target: 2, rate0: 0.2, rate1: 0.3 },
  ],
  tolerance: 1e-7,
}));

const run = (cell: ReturnType<typeof composeCell>, t1: number, more = {}) =>
  simulate(cell, { t0: 0, t1, output: Float64Array.of(0, t1 / 2, t1), ...more });

describe("medium", () => {
  test("oxygen approaches saturation with kLa", async () => {
    const trajectory = await run(composeCell([medium()]), 0.2);
    const exact = (t: number) => 0.21 - 0.11 * Math.exp(-20 * t);
    const o2 = columnOf(trajectory, "pool:o2_e");
    expect(o2?.[1]).toBeCloseTo(exact(0.1), 6);
    expect(o2?.[2]).toBeCloseTo(exact(0.2), 9);
    expect(columnOf(trajectory, "pool:glc__D_e")?.[2]).toBe(10);
  });

  test("a chemostat washes out what it does not feed", async () => {
    const module = mediumModule({
      pools: [{ variable: "pool:glc__D_e", initial: 0, feed: 5 }],
      biomass: { initial: 1 },
      dilution: 0.5,
    });
    const trajectory = await run(composeCell([module]), 4);
    expect(columnOf(trajectory, "biomass")?.[2]).toBeCloseTo(Math.exp(-2), 8);
    expect(columnOf(trajectory, "pool:glc__D_e")?.[2]).toBeCloseTo(5 * (1 - Math.exp(-2)), 8);
  });

  test("a drain a million times faster than the run is integrated to its end", async () => {
    const fast = drainModule({ id: "drain", pool: "pool:glc__D_e", rate: (c) => 1e6 * c, slope: () => 1e6 });
    const trajectory = await run(composeCell([medium(), fast]), 1);
    expect(trajectory.status.code).toBe("done");
    expect(Math.abs(columnOf(trajectory, "pool:glc__D_e")?.[2] ?? 1)).toBeLessThan(1e-9);
    const moved = trajectory.ledger.find((e) => e.variable === "pool:glc__D_e" && e.module === "drain")?.moved ?? 0;
    expect(Math.abs(moved + 10)).toBeLessThan(1e-9);
  });

  test("hold keeps pools and biomass while the ledger says what others tried", async () => {
    const drain = drainModule({ id: "drain", pool: "pool:glc__D_e", rate: () => 2, slope: () => 0 });
    const edit = { kind: "parameter", module: "medium", parameter: "hold", value: 1 } as const;
    const trajectory = await run(composeCell([medium(), drain]), 1, { edits: [{ edit, from: 0, to: 9 }] });
    expect([...(columnOf(trajectory, "pool:glc__D_e") ?? [])]).toEqual([10, 10, 10]);
    expect([...(columnOf(trajectory, "pool:o2_e") ?? [])]).toEqual([0.1, 0.1, 0.1]);
    const moved = trajectory.ledger.filter((e) => e.variable === "pool:glc__D_e").map((e) => e.moved);
    expect(moved[0]).toBeCloseTo(2, 12);
    expect(moved[1]).toBeCloseTo(-2, 12);
  });

  test("gas can be shut off for a while", async () => {
    const edit = { kind: "parameter", module: "medium", parameter: "pool:o2_e.saturation", value: 0 } as const;
    const trajectory = await run(composeCell([medium()]), 1, { edits: [{ edit, from: 0.5, to: 2 }] });
    expect(columnOf(trajectory, "pool:o2_e")?.[2]).toBeCloseTo((0.21 - 0.11 * Math.exp(-10)) * Math.exp(-10), 9);
  });

  test("what cannot be is refused by name", () => {
    const twice = () => mediumModule({ pools: [{ variable: "biomass", initial: 1 }], biomass: { initial: 1 } });
    const negative = () => mediumModule({ pools: [{ variable: "pool:a", initial: -1 }], biomass: { initial: 1 } });
    expect(twice).toThrow(CellweaveError);
    expect(twice).toThrow("lists 'biomass' twice");
    expect(negative).toThrow("'pool:a' starts at -1");
  });
});
