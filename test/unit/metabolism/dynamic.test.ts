import { describe, expect, test } from "vitest";
import { columnOf, type Trajectory } from "../../../src/engine/trajectory.ts";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { dynamicFba } from "../../../src/metabolism/dynamic/dynamic-fba.ts";
import { bounded, knockout } from "../../../src/metabolism/model/edits.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

const last = (trajectory: Trajectory, id: string) => columnOf(trajectory, id)?.at(-1) ?? Number.NaN;

/** Growth 0.1 of each substrate taken up, no maintenance. */
const simple = tiny("EX_s: s -> [-10, 1000]\nGROW*: 10 s -> [0, 1000]");
const strain = (biomass: number, vmax = 10, km = 0.5) => ({
  ...{ name: "strain", model: simple, biomass },
  uptake: [{ reaction: "EX_s", vmax, km }],
});
const tight = { rtol: 1e-8, atol: 1e-10 };

describe("dynamic flux balance", () => {
  test("batch: biomass is what the substrate makes, and Monod's closed form says when", async () => {
    const trajectory = await dynamicFba({
      ...tight,
      ...{ strains: [strain(0.1)], compounds: [{ id: "s", initial: 20 }], to: 3, points: 4 },
    });
    expect(trajectory.status.code).toBe("done");
    // With X + Y s = total, mu t = (1 + k) ln(X/X0) - k ln(s/s0) in units of Y km = k total.
    const [mu, km, total, yields] = [1, 0.5, 2.1, 0.1];
    const k = (yields * km) / total;
    trajectory.times.forEach((t, i) => {
      const [x, s] = ["biomass", "pool:s"].map((id) => columnOf(trajectory, id)?.[i] ?? Number.NaN) as [number, number];
      expect(x + yields * s).toBeCloseTo(total, 10);
      expect((1 + k) * Math.log(x / 0.1) - k * Math.log(s / 20)).toBeCloseTo(mu * t, 5);
    });
  });

  test("chemostat: the steady state of Monod", async () => {
    const trajectory = await dynamicFba({
      ...tight,
      ...{ strains: [strain(0.1)], compounds: [{ id: "s", initial: 5, feed: 30 }], dilution: 0.6, to: 200 },
    });
    const steady = (0.5 * 0.6) / (1 - 0.6);
    expect(last(trajectory, "pool:s")).toBeCloseTo(steady, 7);
    expect(last(trajectory, "biomass")).toBeCloseTo(0.1 * (30 - steady), 7);
    expect(last(trajectory, "flux:GROW")).toBeCloseTo(0.6, 7);
  });

  test("chemostat of the core model: growth is the dilution, biomass what its yield there says", async () => {
    const model = core();
    const trajectory = await dynamicFba({
      ...{ rtol: 1e-6, strains: [{ name: "core", model, biomass: 0.1 }], dilution: 0.2, to: 150 },
      compounds: [{ id: "glc__D_e", initial: 1, feed: 20 }],
    });
    // On little glucose growth is linear in its uptake: two points tell the line.
    const growthAt = async (uptake: number) => {
      const solution = await fba(model, bounded(model, model.bounds, "EX_glc__D_e", -uptake, 1000));
      return solution.status === "optimal" ? solution.objective : Number.NaN;
    };
    const [low, high] = [await growthAt(2), await growthAt(3)];
    const uptake = 2 + (0.2 - low) / (high - low);
    const left = (0.01 * uptake) / (10 - uptake);
    expect(last(trajectory, "flux:BIOMASS_Ecoli_core_w_GAM")).toBeCloseTo(0.2, 6);
    expect(last(trajectory, "pool:glc__D_e")).toBeCloseTo(left, 6);
    expect(last(trajectory, "biomass")).toBeCloseTo((0.2 * (20 - left)) / uptake, 5);
  });

  test("fed-batch: an exponential feed sets the growth rate, and volume and carbon add up", async () => {
    const [growth, feed, volume, begin] = [0.3, 500, 2, 1];
    const flow = (growth * 3 * volume) / (0.1 * feed);
    const trajectory = await dynamicFba({
      ...tight,
      ...{ strains: [strain(3)], compounds: [{ id: "s", initial: 0.2, feed }], to: 12, points: 100 },
      vessel: { volume, flow, flowGrowth: growth, flowFrom: begin },
    });
    const end = volume + (flow * Math.expm1(growth * 11)) / growth;
    expect(last(trajectory, "volume")).toBeCloseTo(end, 9);
    expect(columnOf(trajectory, "volume")?.[5]).toBe(volume);
    expect(last(trajectory, "flux:GROW")).toBeCloseTo(growth, 3);
    const made = last(trajectory, "biomass") * end;
    const fed = (end - volume) * feed + 0.2 * volume - last(trajectory, "pool:s") * end;
    expect(made).toBeCloseTo(3 * volume + 0.1 * fed, 6);
  });

  test("fed-batch: a constant feed grows the volume in a line and biomass with it", async () => {
    const trajectory = await dynamicFba({
      ...tight,
      ...{ strains: [strain(1)], compounds: [{ id: "s", initial: 1, feed: 100 }], to: 20 },
      vessel: { volume: 1, flow: 0.05 },
    });
    expect(last(trajectory, "volume")).toBeCloseTo(2, 12);
    const total = (last(trajectory, "biomass") + 0.1 * last(trajectory, "pool:s")) * 2;
    expect(total).toBeCloseTo(1 + 0.1 * (1 + 0.05 * 20 * 100), 8);
  });

  test("two strains: the one that makes do with less is left in a chemostat", async () => {
    const trajectory = await dynamicFba({
      ...{ dilution: 0.3, to: 250, rtol: 1e-6, compounds: [{ id: "s", initial: 5, feed: 20 }] },
      strains: [
        { ...strain(0.1, 10, 2), name: "fast" },
        { ...strain(0.1, 6, 0.1), name: "thrifty" },
      ],
    });
    const steady = (0.1 * 0.3) / (0.6 - 0.3);
    expect(last(trajectory, "biomass:thrifty")).toBeCloseTo(0.1 * (20 - steady), 4);
    expect(last(trajectory, "biomass:fast")).toBeLessThan(1e-6);
    expect(last(trajectory, "thrifty/flux:GROW")).toBeCloseTo(0.3, 5);
  });

  test("a clamp of a strain's own flux holds that strain alone; one of no strain is refused", async () => {
    const two = (variable: string) =>
      dynamicFba({
        ...{ to: 1, compounds: [{ id: "s", initial: 20 }] },
        strains: ["held", "free"].map((name) => ({ ...strain(0.1), name })),
        edits: [{ edit: { kind: "clamp", variable, value: 0.2 }, from: 0, to: Number.POSITIVE_INFINITY }],
      });
    const trajectory = await two("held/flux:GROW");
    expect(last(trajectory, "held/flux:GROW")).toBeCloseTo(0.2, 9);
    expect(last(trajectory, "free/flux:GROW")).toBeGreaterThan(0.5);
    await expect(two("flux:GROW")).rejects.toThrow("flux:GROW");
  });

  test("one strain eats what another leaves", async () => {
    const model = core();
    const noAcetate = { ...model, bounds: knockout(model, ["b2297", "b2458"]) };
    const anaerobic = { ...model, bounds: bounded(model, model.bounds, "EX_o2_e", -5, 1000) };
    const trajectory = await dynamicFba({
      ...{
        to: 12,
        compounds: [
          { id: "glc__D_e", initial: 10 },
          { id: "o2_e", initial: 0.2, transfer: { kLa: 50, saturation: 0.21 } },
        ],
      },
      strains: [
        { name: "leaves", model: anaerobic, biomass: 0.05 },
        { name: "eats", model: noAcetate, biomass: 0.05, uptake: [{ reaction: "EX_ac_e", vmax: 5, km: 0.1 }] },
      ],
    });
    expect(trajectory.status.code).toBe("done");
    expect(last(trajectory, "pool:glc__D_e")).toBeLessThan(0.01);
    const acetate = columnOf(trajectory, "pool:ac_e") ?? new Float64Array(1);
    expect(Math.max(...acetate)).toBeGreaterThan(1);
  });

  test.each([
    [
      { compounds: [], strains: [{ ...strain(1), uptake: [] }] },
      "takes up s (at most 10), and nothing says how much there is",
    ],
    [{ compounds: [{ id: "z", initial: 1 }] }, "no metabolite 'z'"],
    [{ compounds: [{ id: "s", initial: -1 }] }, "'pool:s' starts at -1"],
    [{ strains: [strain(1), strain(1)] }, "two strains are called 'strain'"],
    [{ strains: [strain(-1)] }, "'biomass' starts at -1"],
    [{ vessel: { volume: 0 } }, "volume is 0 L"],
    [{ vessel: { volume: 1, flow: -1 } }, "'flow' is -1"],
    [{ dilution: -1 }, "'dilution' is -1"],
    [{ strains: [{ ...strain(1), uptake: [{ reaction: "EX_t" }] }] }, "no reaction 'EX_t'"],
    [{ strains: [{ ...strain(1), uptake: [{ reaction: "GROW" }] }] }, "'GROW' isn't an exchange of one compound"],
  ])("%#: refused by name", async (wrong, message) => {
    const right = { strains: [strain(0.1)], compounds: [{ id: "s", initial: 20 }], to: 1 };
    await expect(dynamicFba({ ...right, ...wrong })).rejects.toThrow(message);
  });
});
