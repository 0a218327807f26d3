import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { columnOf, type Trajectory } from "../../src/engine/trajectory.ts";
import type { ArmResult } from "../../src/scenario/result.ts";
import { runScenario } from "../../src/scenario/run-scenario.ts";
import { defineScenario } from "../../src/scenario/scenario.ts";

const MANIFEST = fileURLToPath(new URL("../../models/ecoli/ecoli.cell.yaml", import.meta.url));

/** The wild type on glucose: precultured there, then the first hours of the batch. */
const result = await runScenario(
  defineScenario(
    { scenario: "reference", cell: MANIFEST, time: { to: 3, points: 4 }, preculture: { hours: 5 } },
    import.meta.url,
  ),
);
const arms = result.arms.map((arm): [string, ArmResult] => [arm.name, arm]);

function valuesOf(trajectory: Trajectory, id: string): Float64Array {
  const values = columnOf(trajectory, id);
  if (values === undefined) throw new Error(`no ${id}`);
  return values;
}

/** Largest distance of a variable from a value over the run, relative to the value. */
function farthest(trajectory: Trajectory, id: string, from: number): number {
  return Math.max(...valuesOf(trajectory, id).map((value) => Math.abs(value / from - 1)));
}

describe.each(arms)("%s", (_name, { trajectory }) => {
  test("ends without complaint", () => {
    expect(trajectory.status.code).toBe("done");
    expect(trajectory.warnings).toEqual([]);
  });

  test.each([
    ["flux:BIOMASS_Ecoli_core_w_GAM", 0.65, 0.75],
    ["flux:EX_glc__D_e", -9.5, -8],
    ["flux:EX_ac_e", 3, 5],
    ["flux:EX_o2_e", -18, -11],
    ["flux:GAPD", 13, 16],
    ["flux:G6PDH2r", 1.8, 3.1],
    ["flux:CS", 2, 4],
    ["flux:ICL", 0, 0.01],
    ["flux:PFL", 0, 0],
    ["flux:maintenance_shortfall", 0, 0],
  ])("%s is between %d and %d, as measured on glucose", (id, low, high) => {
    for (const value of valuesOf(trajectory, id)) {
      expect(value).toBeGreaterThanOrEqual(low - 1e-9);
      expect(value).toBeLessThanOrEqual(high + 1e-9);
    }
  });

  test("the fluxes are those of the card", () => {
    expect(farthest(trajectory, "flux:BIOMASS_Ecoli_core_w_GAM", 0.675)).toBeLessThan(0.01);
    expect(farthest(trajectory, "flux:EX_glc__D_e", -8.99)).toBeLessThan(0.01);
    expect(farthest(trajectory, "flux:EX_ac_e", 4.44)).toBeLessThan(0.02);
    expect(farthest(trajectory, "flux:EX_o2_e", -15.5)).toBeLessThan(0.01);
  });

  test("every expression stays at 1 within 2 %", () => {
    const expressions = trajectory.variables.filter(({ kind }) => kind === "expression");
    expect(expressions.length).toBeGreaterThan(137);
    for (const { id } of expressions) expect(farthest(trajectory, id, 1), id).toBeLessThan(0.02);
  });
});

test("effectors stay at the references the regulator is given", () => {
  const hybrid = result.arms.find(({ name }) => name === "hybrid")?.trajectory;
  const regulator = result.manifest.spec.modules.find((module) => "regulator" in module);
  if (hybrid === undefined || regulator === undefined || !("regulator" in regulator)) throw new Error("no regulator");
  for (const [effector, { variable, reference, floor = 0 }] of Object.entries(regulator.effectors ?? {})) {
    for (const value of valuesOf(hybrid, variable))
      expect(Math.abs(Math.log2((value + floor) / (reference + floor))), effector).toBeLessThan(0.03);
  }
});

test("pool of the medium: growth yields what it should on the glucose that is gone", () => {
  for (const { trajectory } of result.arms) {
    const grown = (valuesOf(trajectory, "biomass").at(-1) ?? 0) - (valuesOf(trajectory, "biomass")[0] ?? 0);
    const eaten = (valuesOf(trajectory, "pool:glc__D_e")[0] ?? 0) - (valuesOf(trajectory, "pool:glc__D_e").at(-1) ?? 0);
    expect(grown / eaten).toBeCloseTo(0.675 / 8.99, 3);
  }
});
