import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import type { CellModule, Content } from "../../src/cell/module.ts";
import { simulate } from "../../src/engine/simulate.ts";
import type { Trajectory } from "../../src/engine/trajectory.ts";
import { mediumModule } from "../../src/metabolism/medium/medium.ts";
import { metabolicModule } from "../../src/metabolism/module/metabolic-module.ts";
import { core } from "../support/flux-models.ts";
import { algebraModule } from "../support/toys.ts";

const METABOLITES = ["glc__D", "ac", "o2", "co2", "h", "h2o", "nh4", "pi"];
const START = [10, 0, 50, 5, 100, 1000, 50, 20];
const FED = new Set(["glc__D", "ac", "o2", "nh4", "pi", "h", "h2o", "co2"]);

/** The core model with a pool for everything that it exchanges, so that all elements and charge have to balance. */
async function accounted(): Promise<CellModule[]> {
  const metabolism = await metabolicModule({
    id: "metabolism",
    model: core(),
    exchanges: METABOLITES.map((name) => ({
      reaction: `EX_${name}_e`,
      pool: `pool:${name}_e`,
      vmax: FED.has(name) ? (name === "glc__D" ? 9 : 40) : 0,
      km: 0.05,
    })),
    closed: "others",
    defaultCapacity: "none",
    expression: [],
  });
  const medium = mediumModule({
    pools: METABOLITES.map((name, i) => ({ variable: `pool:${name}_e`, initial: START[i] ?? 0 })),
    biomass: { initial: 0.1 },
  });
  return [medium, metabolism];
}

async function run(modules: CellModule[], hours: number): Promise<Trajectory> {
  const trajectory = await simulate(composeCell(modules), {
    t0: 0,
    t1: hours,
    output: Float64Array.of(hours),
    pages: true,
  });
  for (const module of modules) module.dispose();
  return trajectory;
}

const ELEMENTS = ["C", "H", "N", "O", "P", "charge"];

describe("elements and charge in the ledger", () => {
  test("balance in every step of a batch, per module, in everything that has a formula", async () => {
    const { status, pages = [], contents = new Map<string, Content>() } = await run(await accounted(), 6);
    expect(status.code).toBe("done");
    expect(pages.length).toBeGreaterThan(20);
    expect([...(contents.get("pool:glc__D_e") ?? [])]).toEqual([
      ["C", 6],
      ["H", 12],
      ["O", 6],
      ["charge", 0],
    ]);
    let moved = 0;
    for (const { entries } of pages)
      for (const element of ELEMENTS) {
        const amounts = entries
          .filter(({ module }) => module === "metabolism")
          .map((entry) => entry.moved * (contents.get(entry.variable)?.get(element) ?? 0));
        const gross = amounts.reduce((sum, amount) => sum + Math.abs(amount), 0);
        moved += gross;
        expect(Math.abs(amounts.reduce((sum, amount) => sum + amount, 0))).toBeLessThanOrEqual(1e-9 * gross + 1e-9);
      }
    expect(moved).toBeGreaterThan(100);
  });

  test("all pages of a run add up to its totals", async () => {
    const { pages = [], ledger } = await run(await accounted(), 2);
    for (const { variable, module, moved } of ledger) {
      const found = pages.flatMap(({ entries }) =>
        entries.filter((entry) => entry.variable === variable && entry.module === module),
      );
      const sum = found.reduce((total, entry) => total + entry.moved, 0);
      expect(Math.abs(sum - moved)).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(moved)));
    }
  });

  test("a module that makes carbon out of nothing stops the run: module, element, pool and amount are named", async () => {
    const medium = mediumModule({
      pools: ["pool:a", "pool:b"].map((variable) => ({ variable, initial: 1 })),
      biomass: { initial: 1 },
    });
    const alchemist: CellModule = {
      ...algebraModule({
        id: "alchemist",
        reads: [],
        adds: ["pool:a", "pool:b"].map((target) => ({ target, feedback: [] })),
        f: ({ t, rates }) => rates.set([-0.1, t < 1 ? 0.2 : 0.3]),
      }),
      matter: {
        contents: [
          new Map([
            ["C", 6],
            ["N", 1],
          ]),
          new Map([["C", 3]]),
        ],
        open: new Set(["N"]),
      },
    };
    const { status } = await run([medium, alchemist], 2);
    expect(status.code).toBe("failed");
    expect(status.t).toBeCloseTo(1, 2);
    expect(status.message).toMatch(
      /the ledger of module 'alchemist' does not close: it made \S+ mmol\/L of C, moving most of it through 'pool:b'/,
    );
  });
});
