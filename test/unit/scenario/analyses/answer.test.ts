import { describe, expect, test } from "vitest";
import { bounded } from "../../../../src/metabolism/model/edits.ts";
import type { FluxAnalysis } from "../../../../src/scenario/analyses/analysis.ts";
import { answerOf } from "../../../../src/scenario/analyses/answer.ts";
import { core } from "../../../support/flux-models.ts";

const model = core();
const GROWTH = 0.8739215069684306;

/** The answer to a question within the bounds of the core model. */
function asked(asks: FluxAnalysis["asks"], options: Partial<FluxAnalysis> = {}, bounds = model.bounds) {
  const analysis: FluxAnalysis = {
    ...{ name: asks, asks, at: [0], module: "metabolism", genes: undefined, reactions: undefined, goals: [] },
    ...{ fraction: 1, loopless: false, method: "fba", pairs: false, points: 3, growth: 0.1, fewest: false },
    ...{ count: 16, seed: 1 },
    ...options,
  };
  return answerOf(analysis, { model, bounds, fluxes: undefined });
}

async function rowOf(answer: ReturnType<typeof asked>, subject: string) {
  const row = (await answer).rows.find((one) => one.subject === subject);
  if (row === undefined) throw new Error(`no row '${subject}'`);
  return row;
}

describe("questions of a scenario to a flux balance: the numbers of the library's functions", () => {
  test.each(["fba", "pfba", "loopless", "geometric"] as const)("%s: the optimum's exchanges", async (asks) => {
    const answer = asked(asks);
    expect((await answer).objective).toBeCloseTo(GROWTH, 9);
    expect((await rowOf(answer, "EX_o2_e")).value).toBeCloseTo(-21.79949265599876, 6);
    expect((await rowOf(answer, "FRD7")).value).toBeLessThan(asks === "fba" ? 1001 : 1e-9);
  });

  test("lexicographic, and ranges without circles", async () => {
    const goals = [{ reaction: "FRD7", sense: "maximize" }] as const;
    expect((await rowOf(asked("lexicographic", { goals }), "FRD7")).value).toBeGreaterThan(900);
    expect((await rowOf(asked("fva", { loopless: true, reactions: ["FRD7"] }), "FRD7")).maximum).toBeCloseTo(0, 9);
  });

  test("envelope: a row a point, one flux or two", async () => {
    const line = asked("envelope", { reactions: ["EX_ac_e"], points: 4 });
    expect((await rowOf(line, "EX_ac_e=13.3333")).maximum).toBeCloseTo(0.4386397780482728, 8);
    const plane = await asked("envelope", { reactions: ["EX_ac_e", "EX_o2_e"] });
    expect(plane.rows.map(({ subject }) => subject).slice(0, 2)).toEqual([
      "EX_ac_e=0, EX_o2_e=-60",
      "EX_ac_e=0, EX_o2_e=-30",
    ]);
  });

  test("sample: means between their ends", async () => {
    const { minimum, value, maximum } = await rowOf(asked("sample", { fraction: 0.9 }), "BIOMASS_Ecoli_core_w_GAM");
    expect(0.9 * GROWTH - 1e-7).toBeLessThanOrEqual(minimum);
    expect(minimum).toBeLessThanOrEqual(value);
    expect(value).toBeLessThanOrEqual(maximum);
    expect(maximum).toBeLessThanOrEqual(GROWTH + 1e-7);
  });

  test("deletions: of genes by name, of reactions, in pairs, and essential ones", async () => {
    const genes = ["b4025", "b1852"];
    expect(await rowOf(asked("knockout", { genes }), "b4025")).toMatchObject({ name: "pgi", status: "optimal" });
    const pair = await rowOf(asked("knockout", { genes, pairs: true }), "b4025 b1852");
    expect(pair).toMatchObject({ name: "pgi zwf", status: "infeasible" });
    expect((await rowOf(asked("knockout", { reactions: ["PGI"] }), "PGI")).value).toBeCloseTo(0.86315955, 7);
    expect((await asked("essential")).rows).toHaveLength(7);
  });

  test("prices and nutrients", async () => {
    expect((await rowOf(asked("shadow-prices"), "glc__D_e")).value).toBeCloseTo(0.09166474637510455, 9);
    expect((await rowOf(asked("reduced-costs"), "EX_glc__D_e")).value).toBeCloseTo(-0.09166474637510455, 9);
    expect((await rowOf(asked("medium", { growth: 0.5 }), "EX_nh4_e")).value).toBeCloseTo(2.7264, 6);
    expect((await asked("medium", { fewest: true })).rows).toHaveLength(3);
    expect(await asked("medium", { growth: 5 })).toMatchObject({ status: "infeasible", rows: [] });
  });

  test("what is amiss: said in words", async () => {
    expect(await rowOf(asked("blocked"), "EX_fru_e")).toMatchObject({ status: "blocked" });
    expect(await rowOf(asked("dead-ends"), "fru_e")).toMatchObject({ status: "never-made" });
    expect((await asked("balance")).rows).toEqual([]);
  });

  test("what has no answer says so, and stops nothing", async () => {
    const starved = bounded(model, model.bounds, "EX_glc__D_e", 0, 1000);
    for (const asks of [
      "geometric",
      "loopless",
      "shadow-prices",
      "blocked",
      "sample",
      "essential",
      "envelope",
    ] as const)
      expect(["infeasible", "failed"]).toContain((await asked(asks, { reactions: ["EX_ac_e"] }, starved)).status);
  });
});
