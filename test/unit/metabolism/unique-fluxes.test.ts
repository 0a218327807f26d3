import { describe, expect, test } from "vitest";
import { cycleFree } from "../../../src/metabolism/balance/cycle-free.ts";
import { variability } from "../../../src/metabolism/balance/fva.ts";
import { geometricFba } from "../../../src/metabolism/balance/geometric.ts";
import { lexicographic } from "../../../src/metabolism/balance/lexicographic.ts";
import { bounded, reactionAt } from "../../../src/metabolism/model/edits.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

const model = core();

/** Fluxes by reaction, of an answer that has to be optimal. */
function fluxesOf(found: Awaited<ReturnType<typeof cycleFree>>) {
  if (found.status !== "optimal") throw new Error(found.message);
  return (id: string, of = model) => found.fluxes[reactionAt(of, id)] ?? Number.NaN;
}

describe("fluxes without circles (CycleFreeFlux)", () => {
  test("of an optimum whose FRD7 runs in a circle: COBRApy 0.32.1's loopless_solution", async () => {
    const start = await lexicographic(model, [{ reaction: "FRD7", sense: "maximize" }]);
    if (start.status !== "optimal") throw new Error(start.message);
    expect(start.fluxes[reactionAt(model, "FRD7")]).toBeGreaterThan(900);
    const found = await cycleFree(model, model.bounds, start.fluxes);
    if (found.status !== "optimal") throw new Error(found.message);
    const flux = fluxesOf(found);
    expect(found.objective).toBeCloseTo(0.8739215069684309, 10);
    expect(found.fluxes.reduce((sum, v) => sum + Math.abs(v), 0)).toBeCloseTo(518.4220855176065, 6);
    expect(flux("FRD7")).toBeCloseTo(0, 9);
    expect(flux("SUCDi")).toBeCloseTo(5.064375661482093, 8);
    expect(flux("EX_o2_e")).toBeCloseTo(-21.79949265599876, 8);
  });

  test("from FBA where no fluxes are given; what is no flux distribution is said to be none", async () => {
    const circle = tiny("in: -> a [0, 10]\n out*: a -> [0, 1000]\n r: a -> b [-1000, 1000]\n s: b -> a [-1000, 1000]");
    const flux = fluxesOf(await cycleFree(circle));
    expect(["in", "out", "r", "s"].map((id) => flux(id, circle))).toEqual([10, 10, 0, 0]);
    const found = await cycleFree(circle, circle.bounds, Float64Array.of(10, 5, 0, 0));
    expect(found).toMatchObject({ status: "infeasible", message: expect.stringContaining("no flux distribution") });
    await expect(cycleFree(circle, circle.bounds, new Float64Array(2))).rejects.toThrow("expected 4 fluxes");
  });
});

test("lexicographic: the optima of COBRApy 0.32.1's add_lexicographic_constraints", async () => {
  const goals = ["EX_ac_e", "EX_etoh_e"].map((reaction) => ({ reaction, sense: "minimize" as const }));
  const found = await lexicographic(model, goals, bounded(model, model.bounds, "EX_o2_e", -5, 1000));
  if (found.status !== "optimal") throw new Error(found.message);
  const wanted = [0.391648, 12.231124, 1.816407].map((v) => expect.closeTo(v, 5));
  expect([found.objective, ...found.reached]).toEqual(wanted);
});

describe("geometric FBA", () => {
  test("of the core model with half the oxygen: COBRApy 0.32.1's geometric_fba", async () => {
    const found = await geometricFba(model, { bounds: bounded(model, model.bounds, "EX_o2_e", -5, 1000) });
    const flux = fluxesOf(found);
    expect(flux("PFK")).toBeCloseTo(9.610427285580224, 6);
    expect(flux("PFL")).toBeCloseTo(15.937900593729685, 6);
    expect(flux("THD2")).toBeCloseTo(6.715243509305594, 6);
    expect(flux("BIOMASS_Ecoli_core_w_GAM")).toBeCloseTo(0.3916484512109124, 8);
  });

  test("three ways of equal length share: COBRApy 0.32.1's answer; backwards, where it has none, the same", async () => {
    const three = "in: -> a [0, 1]\n p: a -> b [0, 10]\n q: a -> b [0, 10]\n r: a -> b [0, 10]\n out*: b -> [0, 10]";
    const parallel = tiny(three);
    const flux = fluxesOf(await geometricFba(parallel));
    for (const id of ["p", "q", "r"]) expect(flux(id, parallel)).toBeCloseTo(1 / 3, 5);
    const backwards = tiny(three.replaceAll("a -> b [0, 10]", "b -> a [-10, 0]"));
    const back = fluxesOf(await geometricFba(backwards));
    for (const id of ["p", "q", "r"]) expect(back(id, backwards)).toBeCloseTo(-1 / 3, 5);
  });

  test("too few rounds end as a status, an infeasible model with its bounds", async () => {
    const two = tiny("in: -> a [0, 1]\n p: a -> b [0, 10]\n q: a -> b [0, 10]\n out*: b -> [0, 10]");
    expect(await geometricFba(two, { rounds: 0 })).toMatchObject({ status: "failed" });
    const starved = bounded(model, model.bounds, "EX_glc__D_e", 0, 1000);
    expect(await geometricFba(model, { bounds: starved })).toMatchObject({ status: "infeasible" });
  });
});

describe("ranges with a limit on the total flux", () => {
  test("1.1 times the least at 90 % of the optimum: COBRApy 0.32.1's pfba_factor", async () => {
    const wanted = {
      PGI: [-5.984401901496911, 9.838761481964324],
      PFK: [3.479885865682518, 13.301575348949699],
      FRD7: [0, 23.422898292736804],
      EX_ac_e: [0, 3.8135555555556926],
      G6PDH2r: [0, 15.208582010607639],
      SUCDi: [0.27901209494836426, 26.090586388070527],
    };
    const found = await variability(model, { fraction: 0.9, pfbaFactor: 1.1 });
    if (found.status !== "optimal") throw new Error(found.message);
    for (const [id, [least = 0, most = 0]] of Object.entries(wanted)) {
      const j = reactionAt(model, id);
      expect(found.minimum[j]).toBeCloseTo(least, 6);
      expect(found.maximum[j]).toBeCloseTo(most, 6);
    }
    await expect(variability(model, { pfbaFactor: 0.9 })).rejects.toThrow("0.9 times");
    await expect(variability(model, { pfbaFactor: 2, loopless: true })).rejects.toThrow("without circles");
  });
});
