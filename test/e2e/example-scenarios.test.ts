import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { columnOf, readScenario, runScenario, type Trajectory } from "../../src/index.ts";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));
const MINUTES = 60_000;

/** The hybrid arm of an example with the ridge regulator, which is faster than the transformer, at 121 times. */
async function hybrid(name: string) {
  const scenario = await readScenario(`${folder}${name}.scenario.yaml`);
  const { arms } = await runScenario(scenario, { arms: ["hybrid"], regulator: "ridge", points: 121 });
  const [arm] = arms;
  if (arm === undefined) throw new Error("no arm");
  expect(arm.trajectory.status, arm.trajectory.status.message).toMatchObject({
    code: "done",
    t: scenario.spec.time.to,
  });
  return { strain: series(arm.trajectory), wild: arm.reference && series(arm.reference) };
}

function series(trajectory: Trajectory) {
  const of = (id: string): Float64Array => {
    const column = columnOf(trajectory, id);
    if (column === undefined) throw new Error(`no variable ${id}`);
    return column;
  };
  return {
    of,
    last: (id: string) => of(id).at(-1) ?? Number.NaN,
    most: (id: string) => Math.max(...of(id)),
    /** Hour at which the column is largest. */
    peak: (id: string) => trajectory.times[of(id).indexOf(Math.max(...of(id)))] ?? Number.NaN,
    /** Value at an hour, linear between points. */
    at: (id: string, t: number) => {
      const i = Math.max(
        1,
        trajectory.times.findIndex((time) => time >= t),
      );
      const [t0 = 0, t1 = 0] = [trajectory.times[i - 1], trajectory.times[i]];
      const [x0 = 0, x1 = 0] = [of(id)[i - 1], of(id)[i]];
      return x0 + ((x1 - x0) * (t - t0)) / (t1 - t0);
    },
  };
}

const GLUCOSE = "pool:glc__D_e";
const ACETATE = "pool:ac_e";
const GROWTH = "flux:BIOMASS_Ecoli_core_w_GAM";

test("every scenario among the examples has a test here", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".scenario.yaml"));
  expect(names.map((name) => name.replace(".scenario.yaml", "")).sort()).toEqual([
    "acetate-cross-feeding",
    "arcA-knockout",
    "chemostat",
    "crp-knockout",
    "fed-batch",
    "oxygen-shutoff",
    "pgi-knockout",
    "pgi-what-if",
    "pta-knockout",
    "wild-type-diauxie",
  ]);
});

describe("the examples, hybrid arm", () => {
  test(
    "diauxie: acetate rises while there is glucose and is used when it is gone",
    async () => {
      const { strain } = await hybrid("wild-type-diauxie");
      const turn = strain.peak(ACETATE);
      expect(strain.most(ACETATE)).toBeGreaterThan(2);
      expect(strain.at(GLUCOSE, turn)).toBeLessThan(1);
      expect(strain.last(ACETATE)).toBeLessThan(0.1 * strain.most(ACETATE));
      expect(strain.at(GROWTH, 2)).toBeGreaterThan(0.6);
    },
    15 * MINUTES,
  );

  test(
    "arcA: the citric acid cycle's genes are freed from their repressor",
    async () => {
      const { strain, wild } = await hybrid("arcA-knockout");
      for (const locus of ["b0723", "b0720"])
        expect(strain.at(`expression:${locus}`, 3)).toBeGreaterThan(1.1 * (wild?.at(`expression:${locus}`, 3) ?? 0));
    },
    15 * MINUTES,
  );

  test(
    "crp: acetate uptake is not switched on as in the wild type",
    async () => {
      const { strain, wild } = await hybrid("crp-knockout");
      expect(strain.most("expression:b4069")).toBeLessThan(0.5 * (wild?.most("expression:b4069") ?? 0));
      expect(strain.last(ACETATE)).toBeGreaterThan(1);
    },
    15 * MINUTES,
  );

  test(
    "pgi: nothing through the isomerase, more through the pentose phosphate pathway, slower growth",
    async () => {
      const { strain, wild } = await hybrid("pgi-knockout");
      expect(strain.most("flux:PGI")).toBe(0);
      const share = (run: typeof strain) => run.at("flux:G6PDH2r", 2) / run.at("flux:GLCpts", 2);
      expect(share(strain)).toBeGreaterThan(0.9);
      expect(wild && share(wild)).toBeLessThan(0.4);
      expect(strain.at(GROWTH, 2)).toBeLessThan(0.9 * (wild?.at(GROWTH, 2) ?? 0));
    },
    15 * MINUTES,
  );

  test(
    "pta: no acetate, slower growth",
    async () => {
      const { strain, wild } = await hybrid("pta-knockout");
      expect(strain.most("flux:PTAr")).toBeCloseTo(0, 9);
      expect(strain.most(ACETATE)).toBeLessThan(0.1 * (wild?.most(ACETATE) ?? 0));
    },
    15 * MINUTES,
  );

  test(
    "oxygen shut off: it is gone within minutes, fermentation starts, growth slows",
    async () => {
      const { strain, wild } = await hybrid("oxygen-shutoff");
      expect(strain.at("pool:o2_e", 3.4)).toBeGreaterThan(0.1);
      expect(strain.at("pool:o2_e", 4)).toBeLessThan(0.001);
      expect(strain.at(GROWTH, 4.5)).toBeLessThan(0.6 * (wild?.at(GROWTH, 4.5) ?? 0));
      expect(strain.last("pool:for_e")).toBeGreaterThan(1);
    },
    15 * MINUTES,
  );
});

test(
  "arcA deleted, three arms with the regulator that ships: mechanism alone sees nothing, the others respire more",
  async () => {
    const scenario = await readScenario(`${folder}arcA-knockout.scenario.yaml`);
    const { arms } = await runScenario(scenario, { points: 61 });
    expect(arms.map(({ name, trajectory }) => [name, trajectory.status.code])).toEqual([
      ["mechanistic", "done"],
      ["learned", "done"],
      ["hybrid", "done"],
    ]);
    const [mechanistic, learned, both] = arms.map(({ trajectory, reference }) => ({
      strain: series(trajectory),
      wild: series(reference ?? trajectory),
    }));
    if (mechanistic === undefined || learned === undefined || both === undefined) throw new Error("an arm is missing");
    expect(mechanistic.strain.at("flux:CS", 2)).toBeCloseTo(mechanistic.wild.at("flux:CS", 2), 6);
    expect(mechanistic.strain.most(ACETATE)).toBeCloseTo(mechanistic.wild.most(ACETATE), 4);
    for (const { strain, wild } of [learned, both]) {
      expect(strain.at("flux:CS", 2)).toBeGreaterThan(1.1 * wild.at("flux:CS", 2));
      expect(strain.most(ACETATE)).toBeLessThan(0.9 * wild.most(ACETATE));
    }
  },
  5 * MINUTES,
);

test(
  "two strains in one medium: the scavenger lives on the acetate that the producer wastes",
  async () => {
    const scenario = await readScenario(`${folder}acetate-cross-feeding.scenario.yaml`);
    const { arms } = await runScenario(scenario, {});
    const [arm] = arms;
    if (arm === undefined) throw new Error("no arm");
    const { status, warnings } = arm.trajectory;
    expect(status).toEqual({ code: "done", t: 10 });
    const { at, last, most } = series(arm.trajectory);
    expect(at(`producer/${GROWTH}`, 3)).toBeCloseTo(0.65, 1);
    expect(at("producer/flux:EX_ac_e", 3)).toBeGreaterThan(3);
    expect(at("scavenger/flux:EX_glc__D_e", 3)).toBe(0);
    expect(at("scavenger/flux:EX_ac_e", 6)).toBeLessThan(-10);
    expect(at(`scavenger/${GROWTH}`, 6)).toBeGreaterThan(0.15);
    expect(most(ACETATE)).toBeGreaterThan(3);
    expect([last(GLUCOSE), last(ACETATE)]).toEqual([expect.closeTo(0, 4), expect.closeTo(0, 4)]);
    expect(last("biomass:scavenger") / 0.1).toBeGreaterThan(2.4);
    expect(warnings.filter(({ module }) => module === "producing").map(({ message }) => message)).toEqual([
      "starvation: ATPM >= 8.39 can't be met, growth has ended; limiting: EX_glc__D_e",
    ]);
  },
  2 * MINUTES,
);

test(
  "a chemostat and a fed-batch: growth is what dilution and feed say",
  async () => {
    const mechanistic = async (name: string) => {
      const scenario = await readScenario(`${folder}${name}.scenario.yaml`);
      const { arms } = await runScenario(scenario, { arms: ["mechanistic"], points: 41 });
      const [arm] = arms;
      if (arm === undefined) throw new Error("no arm");
      expect(arm.trajectory.status.code, arm.trajectory.status.message).toBe("done");
      return series(arm.trajectory);
    };
    const chemostat = await mechanistic("chemostat");
    expect(chemostat.last(GROWTH)).toBeCloseTo(0.2, 3);
    expect(chemostat.last(GLUCOSE)).toBeLessThan(0.02);
    expect(chemostat.last(ACETATE)).toBeCloseTo(0, 3);
    const fed = await mechanistic("fed-batch");
    expect(fed.at(GROWTH, 3)).toBeGreaterThan(0.65);
    expect(fed.last(GROWTH)).toBeCloseTo(0.2, 1);
    expect(fed.last("volume")).toBeCloseTo(1 + (0.004 * Math.expm1(0.2 * 10)) / 0.2, 5);
    expect([fed.most(ACETATE) > 10, fed.last(ACETATE)]).toEqual([true, expect.closeTo(0, 3)]);
  },
  2 * MINUTES,
);
