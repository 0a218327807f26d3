import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import type { SimulateOptions } from "../../src/engine/options.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf, type Trajectory } from "../../src/engine/trajectory.ts";
import { mediumModule } from "../../src/metabolism/medium/medium.ts";
import { metabolicModule } from "../../src/metabolism/module/metabolic-module.ts";
import { core } from "../support/flux-models.ts";

const GLUCOSE = "pool:glc__D_e";
const GROWTH = "flux:BIOMASS_Ecoli_core_w_GAM";
const SHORTFALL = "flux:maintenance_shortfall";

/** The core model on glucose alone, in plenty of air; glucose is fed again at 4 h. */
async function run(options: Partial<SimulateOptions>): Promise<Trajectory> {
  const medium = mediumModule({ pools: [{ variable: GLUCOSE, initial: 3 }], biomass: { initial: 0.2 } });
  const metabolism = await metabolicModule({
    id: "metabolism",
    model: core(),
    exchanges: [{ reaction: "EX_glc__D_e", pool: GLUCOSE, vmax: 10, km: 0.05 }],
    unlimited: ["EX_co2_e", "EX_h_e", "EX_h2o_e", "EX_pi_e", "EX_nh4_e", "EX_o2_e"],
    closed: "others",
    defaultCapacity: "none",
    expression: [],
  });
  const cell = composeCell([medium, metabolism]);
  const trajectory = await simulate(cell, {
    t0: 0,
    t1: 6,
    output: Float64Array.from({ length: 61 }, (_, i) => i / 10),
    jumps: [{ variable: GLUCOSE, value: 3, at: 4 }],
    ...options,
  });
  metabolism.dispose();
  return trajectory;
}

const at = (trajectory: Trajectory, id: string, t: number): number =>
  columnOf(trajectory, id)?.[trajectory.times.findIndex((time) => time >= t)] ?? Number.NaN;

describe("a culture that runs out of food", () => {
  test("starves by name, goes on, and recovers when food returns", async () => {
    const trajectory = await run({});
    expect(trajectory.status).toEqual({ code: "done", t: 6 });
    expect(at(trajectory, GROWTH, 0.5)).toBeGreaterThan(0.5);
    expect(at(trajectory, GROWTH, 3.5)).toBeCloseTo(0, 9);
    expect(at(trajectory, SHORTFALL, 3.5)).toBeCloseTo(8.39, 3);
    expect(at(trajectory, GROWTH, 4.2)).toBeGreaterThan(0.5);
    expect(at(trajectory, SHORTFALL, 4.2)).toBe(0);
    const [first] = trajectory.warnings;
    expect(first?.message).toBe("starvation: ATPM >= 8.39 can't be met, growth has ended; limiting: EX_glc__D_e");
    expect(first?.until).toBe(4);
    const starts = trajectory.times.findIndex((_, i) => (columnOf(trajectory, SHORTFALL)?.[i] ?? 0) > 0);
    expect(first?.t).toBeGreaterThan(trajectory.times[starts - 1] ?? 0);
    expect(first?.t).toBeLessThanOrEqual(trajectory.times[starts] ?? 0);
  });

  test("the change of basis at which starvation begins is named", async () => {
    const { kinks = [], warnings } = await run({});
    const found = kinks.find(({ t }) => t === warnings[0]?.t);
    expect(found?.change).toMatch(/entered: the maintenance shortfall/);
    expect(found?.change).toMatch(/left: BIOMASS_Ecoli_core_w_GAM \(at zero\)/);
  });

  test("a clamped flux that can't be met is let go, by name, while it lasts", async () => {
    const clamp = { kind: "clamp", variable: "flux:PGI", value: 20 } as const;
    const trajectory = await run({ edits: [{ edit: clamp, from: 0.5, to: 1 }] });
    expect(trajectory.status.code).toBe("done");
    const [first] = trajectory.warnings;
    expect(first?.message).toMatch(/^infeasible: PGI >= 20 can't be met and is let go, growth has ended; limiting: /);
    expect(first?.message).toContain("EX_glc__D_e");
    expect([first?.t, first?.until]).toEqual([0.5, 1]);
    expect(at(trajectory, GROWTH, 0.7)).toBe(0);
    expect(at(trajectory, "flux:ATPM", 0.7)).toBeCloseTo(8.39, 6);
    expect(at(trajectory, GROWTH, 1.1)).toBeGreaterThan(0.5);
  });
});
