import { describe, expect, test } from "vitest";
import { reactionAt } from "../../../src/metabolism/model/edits.ts";
import { balance } from "../../../src/metabolism/model/flux-model.ts";
import { sampleFluxes } from "../../../src/metabolism/sampling/sample.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

const model = core();

describe("sampling", () => {
  const branched = tiny("in: -> a [10, 10]\n x: a -> b [0, 6]\n y: a -> b [0, 7]\n out*: b -> [0, 1000]");

  test("a segment is sampled evenly", async () => {
    const { samples } = await sampleFluxes(branched, 4000, { thinning: 3 });
    const x = samples.map((v) => v[1] ?? 0);
    const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
    const variance = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length;
    expect(Math.abs(mean - 4.5)).toBeLessThan(0.08);
    expect(Math.abs(variance - 0.75)).toBeLessThan(0.08);
    expect([Math.min(...x) >= 3 - 1e-9, Math.max(...x) <= 6 + 1e-9]).toEqual([true, true]);
  });

  test("a triangle is sampled evenly: each corner's coordinate has mean 1/3 and variance 1/18", async () => {
    const triangle = tiny(
      "in: -> a [1, 1]\n x: a -> b [0, 1]\n y: a -> b [0, 1]\n z: a -> b [0, 1]\n out*: b -> [0, 9]",
    );
    const { samples } = await sampleFluxes(triangle, 6000, { thinning: 4 });
    for (const j of [1, 2, 3]) {
      const values = samples.map((v) => v[j] ?? 0);
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
      expect(Math.abs(mean - 1 / 3)).toBeLessThan(0.02);
      expect(Math.abs(variance - 1 / 18)).toBeLessThan(0.008);
    }
  });

  test("a thin box beside a long one: both uniform, and what is fixed stays", async () => {
    const box = tiny(
      "in: -> a [3, 3]\n w: a -> b [0, 3]\n thin: a -> c [1, 1.0001]\n o1: b -> [0, 9]\n o2: c -> [0, 9]\n" +
        " long: -> d [0, 1000]\n left: d -> e [0, 1000]\n right: d -> [0, 0]\n out*: e -> [0, 1000]",
    );
    const { samples } = await sampleFluxes(box, 4000, { thinning: 6 });
    for (const [id, low, width] of [
      ["thin", 1, 1e-4],
      ["long", 0, 1000],
    ] as const) {
      const unit = samples.map((v) => ((v[reactionAt(box, id)] ?? 0) - low) / width);
      const mean = unit.reduce((sum, x) => sum + x, 0) / unit.length;
      expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.025);
      expect(Math.abs(unit.reduce((sum, x) => sum + (x - mean) ** 2, 0) / unit.length - 1 / 12)).toBeLessThan(0.008);
      expect([Math.min(...unit) > -1e-4, Math.max(...unit) < 1 + 1e-4]).toEqual([true, true]);
    }
    for (const v of samples) expect(v[reactionAt(box, "in")]).toBeCloseTo(3, 9);
  });

  test("a pyramid of 20 fluxes: the sum of what leaves has mean 20/21 and deviation 0.0454 of its limit", async () => {
    const outs = Array.from({ length: 20 }, (_, k) => ` x${k}${k === 0 ? "*" : ""}: a -> [0, 1]`);
    const { samples } = await sampleFluxes(tiny(["total: -> a [0, 1]", ...outs].join("\n")), 2000, { thinning: 200 });
    const totals = samples.map((v) => v[0] ?? 0);
    const mean = totals.reduce((sum, x) => sum + x, 0) / totals.length;
    const deviation = Math.sqrt(totals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / totals.length);
    expect(Math.abs(mean - 20 / 21)).toBeLessThan(0.004);
    expect(Math.abs(deviation - Math.sqrt(20 / 22 - (20 / 21) ** 2))).toBeLessThan(0.005);
  });

  test("a flux without limit is refused by name", async () => {
    const open = tiny("in: -> a [0, 1]\n out*: a -> [0, 1]\n round: a -> b [0, INF]\n back: b -> a [0, INF]");
    await expect(sampleFluxes(open, 1)).rejects.toThrow(/.(round|back). has no limit/);
  });

  test("samples of the core model balance, keep bounds and growth, and repeat with their seed", async () => {
    const options = { fraction: 0.5, thinning: 20, seed: 7 };
    const { samples } = await sampleFluxes(model, 20, options);
    expect((await sampleFluxes(model, 20, options)).samples).toEqual(samples);
    expect((await sampleFluxes(model, 1, { ...options, seed: 8 })).samples).not.toEqual(samples.slice(0, 1));
    for (const v of samples) {
      expect(Math.max(...balance(model, v).map(Math.abs))).toBeLessThan(1e-7);
      expect(
        v.every((x, j) => x >= (model.bounds.lower[j] ?? 0) - 1e-7 && x <= (model.bounds.upper[j] ?? 0) + 1e-7),
      ).toBe(true);
      expect(v[reactionAt(model, "BIOMASS_Ecoli_core_w_GAM")]).toBeGreaterThan(0.43696 - 1e-6);
    }
  });

  test("chains settle, and a chain's samples don't depend on how many there are", async () => {
    const options = { thinning: 200, chains: 4 };
    const { samples, draws, convergence } = await sampleFluxes(model, 400, options);
    expect([samples.length, draws]).toEqual([400, [100, 100, 100, 100]]);
    const glucose = convergence[reactionAt(model, "EX_glc__D_e")];
    expect(glucose?.rHat).toBeLessThan(1.05);
    expect(glucose?.effective).toBeGreaterThan(100);
    expect(convergence[reactionAt(model, "FRUpts2")]?.rHat).toBeNaN();
    const two = await sampleFluxes(model, 200, { ...options, chains: 2 });
    expect(two.samples).toEqual(samples.slice(0, 200));
  });

  test("a share of the optimum that is none is refused", async () => {
    await expect(sampleFluxes(model, 1, { fraction: 2 })).rejects.toThrow("must be 0 to 1, got 2");
  });
});
