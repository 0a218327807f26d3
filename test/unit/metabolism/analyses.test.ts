import { describe, expect, test } from "vitest";
import { productionEnvelope } from "../../../src/metabolism/balance/envelope.ts";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { minimalMedium } from "../../../src/metabolism/balance/minimal-medium.ts";
import { prices } from "../../../src/metabolism/balance/prices.ts";
import { checkBalance } from "../../../src/metabolism/model/check-balance.ts";
import { bounded, metaboliteAt, reactionAt } from "../../../src/metabolism/model/edits.ts";
import { atomsOf } from "../../../src/metabolism/model/formula.ts";
import { blockedReactions, deadEnds } from "../../../src/metabolism/model/structure.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

const model = core();

describe("shadow prices and reduced costs", () => {
  test("of the core model: COBRApy's shadow prices with the sign turned", async () => {
    const found = await prices(model);
    if (found.status !== "optimal") throw new Error(found.message);
    const price = (id: string) => found.metabolites[metaboliteAt(model, id)];
    expect(price("glc__D_e")).toBeCloseTo(0.09166474637510455, 10);
    expect(price("o2_e")).toBeCloseTo(0, 10);
  });

  test("a reduced cost is what the objective gains by a change of the bound", async () => {
    const found = await prices(model);
    if (found.status !== "optimal") throw new Error(found.message);
    for (const [id, lower, upper] of [
      ["EX_glc__D_e", -10, 1000],
      ["ATPM", 8.39, 1000],
    ] as const) {
      const h = 1e-3;
      const more = await fba(model, bounded(model, model.bounds, id, lower + h, upper));
      if (more.status !== "optimal") throw new Error(more.message);
      expect((more.objective - found.objective) / h).toBeCloseTo(found.reactions[reactionAt(model, id)] ?? 0, 8);
    }
  });

  test("an infeasible medium says why", async () => {
    const found = await prices(model, bounded(model, model.bounds, "EX_glc__D_e", 0, 1000));
    expect(found).toMatchObject({ status: "infeasible", message: expect.stringContaining("EX_glc__D_e >= 0") });
  });
});

describe("production envelope", () => {
  test("growth against acetate: COBRApy 0.32.1's points", async () => {
    const { flux, minimum, maximum } = await productionEnvelope(model, "EX_ac_e", { points: 4 });
    expect([...flux].map((v) => Number(v.toFixed(9)))).toEqual([0, 6.666666667, 13.333333333, 20]);
    expect([...minimum]).toEqual([0, 0, 0, 0].map((v) => expect.closeTo(v, 9)));
    expect([...maximum]).toEqual(
      [0.8739215069684305, 0.7211469296765889, 0.4386397780482728, 0].map((v) => expect.closeTo(v, 8)),
    );
  });

  test("an unlimited flux and too few points are errors", async () => {
    const open = tiny("in: -> a [0, INF]\n out*: a -> [0, INF]");
    await expect(productionEnvelope(open, "in")).rejects.toThrow("no finite range");
    await expect(productionEnvelope(model, "EX_ac_e", { points: 1 })).rejects.toThrow("at least 2 points");
  });
});

describe("minimal medium", () => {
  test("least uptake for growth 0.5: COBRApy 0.32.1's total, and what every such medium has", async () => {
    const medium = await minimalMedium(model, { objective: 0.5 });
    expect([...(medium ?? new Map()).keys()]).toEqual(["EX_glc__D_e", "EX_nh4_e", "EX_o2_e", "EX_pi_e"]);
    expect(medium?.get("EX_nh4_e")).toBeCloseTo(2.7264, 6);
    expect(medium?.get("EX_pi_e")).toBeCloseTo(1.83935, 6);
    expect([...(medium ?? new Map()).values()].reduce((sum, v) => sum + v, 0)).toBeCloseTo(22.748621, 5);
  });

  test("fewest nutrients, and none where growth can't be reached", async () => {
    const medium = await minimalMedium(model, { objective: 0.1, fewest: true });
    expect([...(medium ?? new Map()).keys()]).toEqual(["EX_glc__D_e", "EX_nh4_e", "EX_pi_e"]);
    expect(await minimalMedium(model, { objective: 2 })).toBeUndefined();
  });
});

describe("structure", () => {
  test("blocked reactions of the core model: COBRApy 0.32.1's", async () => {
    const blocked = await blockedReactions(model);
    expect(blocked?.map((j) => model.reactions[j]?.id).sort()).toEqual([
      "EX_fru_e",
      "EX_fum_e",
      "EX_gln__L_e",
      "EX_mal__L_e",
      "FRUpts2",
      "FUMt2_2",
      "GLNabc",
      "MALt2_2",
    ]);
    expect(await blockedReactions(model, { openExchanges: true })).toEqual([]);
  });

  test("dead ends by direction", () => {
    const network = tiny(
      "in: -> a [0, 10]\n x: a -> b [0, 10]\n y: c -> b [0, 10]\n z: b -> d [-10, 0]\n out*: b -> [0, 10]",
    );
    expect(deadEnds(network)).toEqual([
      { metabolite: "c", kind: "never-made" },
      { metabolite: "d", kind: "never-made" },
    ]);
  });

  test("formulas, and reactions that lose something", () => {
    expect(Object.fromEntries(atomsOf("C21H26N7O14P2") ?? [])).toEqual({ C: 21, H: 26, N: 7, O: 14, P: 2 });
    expect(atomsOf("C6H12(H2O)n")).toBeUndefined();
    expect(checkBalance(model)).toEqual({ imbalances: [], unknown: [] });
    const metabolites = model.metabolites.map((m) => (m.id === "g6p_c" ? { ...m, formula: "C6H9O9P" } : m));
    const { imbalances } = checkBalance({ ...model, metabolites });
    expect(imbalances.map(({ reaction }) => reaction).sort()).toEqual(["G6PDH2r", "GLCpts", "PGI"]);
    expect(imbalances.find(({ reaction }) => reaction === "PGI")?.made).toEqual(new Map([["H", 2]]));
    const blank = model.metabolites.map((m) => (m.id === "g6p_c" ? { ...m, formula: undefined } : m));
    expect(checkBalance({ ...model, metabolites: blank }).unknown).toContainEqual({
      reaction: "PGI",
      metabolites: ["g6p_c"],
    });
  });
});
