import { describe, expect, test } from "vitest";
import { type Goal, lexicographic } from "../../../src/metabolism/balance/lexicographic.ts";
import { bounded } from "../../../src/metabolism/model/edits.ts";
import { metabolicModule } from "../../../src/metabolism/module/metabolic-module.ts";
import type { MetabolicOptions } from "../../../src/metabolism/module/options.ts";
import { branched, tiny } from "../../support/line-model.ts";
import { boundsAt, evaluate, model, options, POINTS } from "./core-culture.ts";

const large = (reaction: string): Goal => ({ reaction, sense: "maximize" });
const small = (reaction: string): Goal => ({ reaction, sense: "minimize" });

describe("goals after growth", () => {
  test.each([[[large("EX_ac_e"), small("EX_o2_e")]], [[small("EX_co2_e"), large("EX_etoh_e"), large("EX_for_e")]]])(
    "%#: the fluxes that a program for each objective gives",
    async (goals) => {
      const module = await metabolicModule({ ...options, defaultCapacity: "none", goals });
      let grew = 0;
      for (const reads of POINTS.slice(0, 20)) {
        const { status, owned, flux } = evaluate(module, reads);
        expect(status.ok).toBe(true);
        const paid = 8.39 - flux("maintenance_shortfall");
        const expected = await lexicographic(model, goals, bounded(model, boundsAt(reads), "ATPM", paid, 1000));
        if (expected.status !== "optimal") continue;
        if (expected.objective > 1e-6) grew++;
        const worst = Math.max(...expected.fluxes.map((v, j) => Math.abs(v - (owned[j] ?? 0))));
        expect([reads, worst < 1e-5]).toEqual([reads, true]);
      }
      expect(grew).toBeGreaterThan(8);
      module.dispose();
    },
  );

  test("decide what growth leaves open, and growth stays what it is", async () => {
    const given: MetabolicOptions = {
      ...{ id: "m", model: branched(), drains: "others", defaultCapacity: "none", expression: [] },
      exchanges: [{ reaction: "EX_a", pool: "pool:a", vmax: 20, km: 1 }],
    };
    const fluxes = async (goals: readonly Goal[]) => {
      const module = await metabolicModule({ ...given, goals });
      const { owned, feedback } = evaluate(module, [1, 2]);
      module.dispose();
      return { owned: [...owned].slice(0, 6), slope: feedback[0] };
    };
    const close = (...values: number[]) => values.map((v) => expect.closeTo(v, 9));
    expect((await fluxes([])).owned).toEqual(close(-6, 6, 0, 0, 0, 0));
    const greedy = await fluxes([large("EX_q"), large("EX_p")]);
    expect(greedy.owned).toEqual(close(-10, 6, 1, 3, 1, 3));
    // Uptake is what limits p: its slope is that of 20 c / (1 + c), times 2 gDW/L.
    expect(greedy.slope).toBeCloseTo(-10, 9);
    expect((await fluxes([large("EX_p")])).owned).toEqual(close(-9, 6, 3, 0, 3, 0));
  });

  test("what a goal names has to be there, and what has no limit is named", async () => {
    await expect(metabolicModule({ ...options, goals: [large("EX_lac_e")] })).rejects.toThrow("no reaction 'EX_lac_e'");
    const open = tiny(
      "EX_a: a -> [-10, 1000]\nGROW*: a -> [0, 6]\nEX_b: b -> [-10, 1000]\nC: b -> c [0, INF]\nEX_c: c -> [0, 10]",
    );
    const module = await metabolicModule({
      ...{ id: "m", model: open, drains: "others", unlimited: ["EX_b", "EX_c"], goals: [large("C")] },
      exchanges: [{ reaction: "EX_a", pool: "pool:a", vmax: 20, km: 1 }],
    });
    expect(evaluate(module, [1, 2]).status).toMatchObject({
      ...{ ok: false, code: "unbounded" },
      message: expect.stringMatching(/^C: .*nothing bounds EX_b \(lower\), C \(upper\), EX_c \(upper\)/),
    });
    module.dispose();
  });
});
