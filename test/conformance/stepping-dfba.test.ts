import { Solver } from "odex";
import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import type { CellModule } from "../../src/cell/module.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf, type Trajectory } from "../../src/engine/trajectory.ts";
import { mediumModule } from "../../src/metabolism/medium/medium.ts";
import { metabolicModule } from "../../src/metabolism/module/metabolic-module.ts";
import { core } from "../support/flux-models.ts";

const GLUCOSE = "pool:glc__D_e";
const ACETATE = "pool:ac_e";
const START = [10, 0, 0.05];
const HOURS = 9;
const TIMES = Float64Array.from({ length: 37 }, (_, i) => (i * HOURS) / 36);

/** The core model on glucose, which overflows to acetate, which it takes up again when glucose is gone. */
const metabolism = () =>
  metabolicModule({
    id: "metabolism",
    model: core(),
    exchanges: [
      { reaction: "EX_glc__D_e", pool: GLUCOSE, vmax: 10, km: 0.05 },
      { reaction: "EX_ac_e", pool: ACETATE, vmax: 3, km: 0.2 },
    ],
    unlimited: ["EX_co2_e", "EX_h_e", "EX_h2o_e", "EX_pi_e", "EX_nh4_e", "EX_o2_e"],
    closed: "others",
    defaultCapacity: "none",
    expression: [],
    capacities: [{ reaction: "CYTBD", max: 28 }],
  });

const medium = (): CellModule =>
  mediumModule({
    pools: [
      { variable: GLUCOSE, initial: START[0] ?? 0 },
      { variable: ACETATE, initial: START[1] ?? 0 },
    ],
    biomass: { initial: START[2] ?? 0 },
  });

/** The direct approach: one integrator of high order, a linear program in every evaluation of the right-hand side. */
async function reference(tolerance: number): Promise<number[][]> {
  const module = await metabolism();
  const owned = new Float64Array(module.owns.length);
  const [reads, rates, feedback] = [new Float64Array(3), new Float64Array(3), new Float64Array(9)];
  const f = (t: number, y: readonly number[]): number[] => {
    reads.set(y);
    module.evaluate({ t, reads, owned, rates, feedback });
    return [...rates];
  };
  const solver = new Solver(3);
  Object.assign(solver, { absoluteTolerance: tolerance, relativeTolerance: tolerance, maxSteps: 100_000 });
  let y = [...START];
  const values = [y];
  for (let i = 1; i < TIMES.length; i++) {
    y = [...solver.solve(f, TIMES[i - 1] ?? 0, y, TIMES[i] ?? 0).y];
    values.push(y);
  }
  module.dispose();
  return values;
}

async function run(tolerance: number): Promise<Trajectory> {
  const cell = composeCell([medium(), await metabolism()]);
  const trajectory = await simulate(cell, { t0: 0, t1: HOURS, output: TIMES, rtol: tolerance, atol: tolerance });
  for (const { module } of cell.parts) module.dispose();
  return trajectory;
}

/** Changes of the optimal basis that the culture has to pass through, in order, as their records name them. */
const PASSED = [
  /entered: AKGDH, SUCDi; left: FRD7 .*turned round: FUM, MDH/, // respiration suffices: the citric acid cycle closes
  /turned round: EX_ac_e/, // acetate is taken up
  /entered: CYTBD \(was at its limit\)/, // respiration no longer limits
  /turned round: .*G6PDH2r/,
  /left: PFK \(at zero\)/, // gluconeogenesis
  /turned round: PGI/,
  /entered: the maintenance shortfall.*; left: BIOMASS_Ecoli_core_w_GAM \(at zero\)/, // starvation
];

/** Fluxes that carry something on one side of a time only. */
function switched(trajectory: Trajectory, t: number): string[] {
  const after = trajectory.times.findIndex((time) => time > t + HOURS / 36);
  const before = after - 3;
  const carries = (column: Float64Array | undefined, i: number) => Math.abs(column?.[i] ?? 0) > 1e-3;
  return trajectory.variables.flatMap(({ id }, k) => {
    const column = trajectory.columns[k];
    return id.startsWith("flux:") && carries(column, before) !== carries(column, after) ? [id] : [];
  });
}

describe("dynamic flux balance: E. coli core on glucose, then acetate", () => {
  test("agrees with the direct approach at 1e-9, and the changes of basis are found", async () => {
    const exact = await reference(1e-9);
    for (const tolerance of [1e-3, 1e-4, 1e-5]) {
      const trajectory = await run(tolerance);
      expect(trajectory.status.code).toBe("done");
      [GLUCOSE, ACETATE, "biomass"].forEach((id, i) => {
        const column = columnOf(trajectory, id);
        exact.forEach((values, k) => {
          const value = values[i] ?? 0;
          const allowed = 3 * tolerance * (1 + Math.abs(value));
          expect(Math.abs((column?.[k] ?? 0) - value)).toBeLessThanOrEqual(allowed);
        });
      });
      const glucoseGone = (TIMES.findIndex((_, k) => (exact[k]?.[0] ?? 0) < 1e-3) - 1) * (HOURS / 36);
      expect(trajectory.depletions?.map(({ variable }) => variable)).toEqual([GLUCOSE]);
      expect(trajectory.depletions?.[0]?.t).toBeCloseTo(3.935, 2);
      const kinks = trajectory.kinks ?? [];
      expect(kinks.length).toBeGreaterThanOrEqual(2);
      expect(kinks.every(({ module }) => module === "metabolism")).toBe(true);
      const named = PASSED.map((words) => kinks.findIndex(({ change = "" }) => words.test(change)));
      expect([tolerance, named.includes(-1), named]).toEqual([tolerance, false, [...named].sort((a, b) => a - b)]);
      const [solved, spared] = trajectory.statistics.work.map(({ count }) => count);
      expect((spared ?? 0) / (solved ?? 0)).toBeGreaterThan(10);
      expect(kinks.some(({ t }) => Math.abs(t - glucoseGone) < HOURS / 36)).toBe(true);
      expect(switched(trajectory, glucoseGone)).toEqual(
        expect.arrayContaining(["flux:EX_glc__D_e", "flux:ICL", "flux:MALS"]),
      );
    }
  }, 300_000);
});
