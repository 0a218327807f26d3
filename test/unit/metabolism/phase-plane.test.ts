import { describe, expect, test } from "vitest";
import { productionEnvelope } from "../../../src/metabolism/balance/envelope.ts";
import { phasePlane } from "../../../src/metabolism/balance/phase-plane.ts";
import { withObjective } from "../../../src/metabolism/model/edits.ts";
import { core } from "../../support/flux-models.ts";

const model = core();

describe("phenotype phase plane", () => {
  test("acetate over glucose and oxygen: COBRApy 0.32.1's production_envelope with its carbon yield", async () => {
    const aim = withObjective(model, "EX_ac_e");
    const plane = await phasePlane(aim, ["EX_glc__D_e", "EX_o2_e"], { points: 4, carbonSources: ["EX_glc__D_e"] });
    expect(plane.axes.map(({ flux }) => [...flux].map((v) => Number(v.toFixed(6))))).toEqual([
      [-10, -6.826476, -3.652952, -0.479429],
      [-60, -40, -20, 0],
    ]);
    const rows = [0, 10, 20, 10, Number.NaN, 0.479428571428578, 10.47942857142857, 6.826476190476189];
    expect([...plane.maximum.subarray(0, 8)]).toEqual(rows.map((v) => (Number.isNaN(v) ? v : expect.closeTo(v, 8))));
    expect(plane.maximum.subarray(12).every(Number.isNaN)).toBe(true);
    const shares = [0, 0.333333333333334, 0.666666666666667, 0.333333333333333];
    expect([...(plane.carbonYield?.maximum.subarray(0, 4) ?? [])]).toEqual(shares.map((v) => expect.closeTo(v, 6)));
    expect([...plane.minimum.subarray(0, 4)]).toEqual([0, 0, 0, 0].map((v) => expect.closeTo(v, 9)));
    expect(plane.carbonYield?.maximum[6]).toBeCloseTo(0.511705125701052, 8);
  });

  test("over one flux it is the production envelope, and COBRApy 0.32.1's", async () => {
    const aim = withObjective(model, "EX_succ_e");
    const line = await productionEnvelope(aim, "EX_ac_e", { points: 3 });
    const plane = await phasePlane(aim, ["EX_ac_e"], { points: 3, carbonSources: ["EX_glc__D_e"] });
    expect([...plane.maximum]).toEqual([...line.maximum].map((v) => expect.closeTo(v, 9)));
    expect([...plane.maximum]).toEqual([16.384166666666662, 10, 0].map((v) => expect.closeTo(v, 9)));
    expect(plane.carbonYield?.maximum[0]).toBeCloseTo(1.092277777777777, 9);
  });

  test("where no sources are named, all that an optimum takes up count: succinate from glucose and CO2", async () => {
    const plane = await phasePlane(withObjective(model, "EX_succ_e"), ["EX_ac_e"], { points: 3 });
    expect(plane.carbonSources).toEqual(["EX_co2_e", "EX_glc__D_e"]);
    expect(plane.carbonYield?.maximum[0]).toBeCloseTo(1, 9);
  });

  test("axes have to be different reactions, sources exchanges of carbon", async () => {
    await expect(phasePlane(model, ["EX_o2_e", "EX_o2_e"])).rejects.toThrow("different reactions");
    await expect(phasePlane(model, ["EX_02_e"])).rejects.toThrow("no reaction 'EX_02_e'");
    await expect(phasePlane(model, ["EX_o2_e"], { carbonSources: ["EX_o2_e"] })).rejects.toThrow("no exchange");
  });
});
