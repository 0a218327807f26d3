import { describe, expect, test } from "vitest";
import { carbonBalance } from "../../../src/report/findings/carbon.ts";
import { armDifferences } from "../../../src/report/findings/differences.ts";
import { disagreements } from "../../../src/report/findings/disagreements.ts";
import { findingsOf } from "../../../src/report/findings/findings.ts";
import { compareFluxes } from "../../../src/report/findings/flux-changes.ts";
import { phasesOf } from "../../../src/report/findings/phases.ts";
import { summarise, summariseRun } from "../../../src/report/summary.ts";
import { trajectoryFrom } from "../../support/culture-fixture.ts";
import { reportFixture } from "../../support/report-fixture.ts";

const times = Float64Array.from({ length: 101 }, (_, i) => i / 10);
const along = (f: (t: number) => number) => times.map(f);

/** Grows at 0.7 /h until 6 h, eats 10 mmol/L glucose linearly, makes and eats acetate. */
const batch = trajectoryFrom(times, [
  ["biomass", "biomass", along((t) => 0.01 * Math.exp(0.7 * Math.min(t, 6)))],
  ["pool:glc__D_e", "pool", along((t) => Math.max(0, 10 - (10 / 6) * t))],
  ["pool:ac_e", "pool", along((t) => (t < 6 ? t / 2 : Math.max(0, 3 - 1.5 * (t - 6))))],
]);

describe("findings of a batch culture", () => {
  const found = findingsOf(batch);

  test("growth rate is the slope of log biomass", () => {
    expect(found.growthRate).toBeCloseTo(0.7, 10);
  });

  test("glucose is used up where it passes 1 % of its start", () => {
    expect(found.glucoseExhausted).toBeCloseTo(5.94, 6);
  });

  test("yield is biomass made per glucose used until then", () => {
    const made = 0.01 * (Math.exp(0.7 * 5.94) - 1);
    expect(found.biomassYield).toBeCloseTo(made / 9.9, 3);
  });

  test("acetate peaks at 3 mmol/L at 6 h, 0.3 mol/mol", () => {
    expect(found.maxAcetate).toBeCloseTo(3, 12);
    expect(found.maxAcetateTime).toBe(6);
    expect(found.acetateYield).toBeCloseTo(0.3, 12);
  });

  test("a cell without these variables has no findings", () => {
    expect(findingsOf(trajectoryFrom(times, [["species:lacI", "species", along((t) => t)]]))).toEqual({});
  });

  test("phases are cut where glucose and then acetate are used up", () => {
    const phases = phasesOf(batch);
    expect(phases.map((phase) => phase.label)).toEqual(["glucose", "acetate", "substrates used up"]);
    expect(phases[1]?.from).toBeCloseTo(5.94, 6);
    expect(phases[2]?.from).toBeCloseTo(7.98, 6);
  });
});

describe("yields where glucose is supplied during the run", () => {
  const variables = batch.variables.map((variable) => ({ ...variable, owner: "medium" }));
  const entry = (variable: string, module: string, moved: number) => ({ variable, module, moved });
  const grown = [entry("biomass", "medium", 0), entry("biomass", "metabolism", 2)];
  const roundOff = entry("pool:glc__D_e", "medium", 1e-15);
  const eaten = entry("pool:glc__D_e", "metabolism", -20);

  for (const supply of [entry("pool:glc__D_e", "experimenter", 10), entry("pool:glc__D_e", "medium", 10)]) {
    test(`by the ${supply.module}: biomass per glucose is what the cell moved, acetate per glucose is absent`, () => {
      const found = findingsOf({ ...batch, variables, ledger: [...grown, eaten, supply] });
      expect(found.biomassYield).toBeCloseTo(0.1, 12);
      expect(found.acetateYield).toBeUndefined();
      expect(found.maxAcetate).toBeCloseTo(3, 12);
    });
  }

  test("round-off in the ledger is no supply", () => {
    const found = findingsOf({ ...batch, variables, ledger: [...grown, eaten, roundOff] });
    expect(found).toEqual(findingsOf(batch));
  });
});

test("acetate that nobody eats makes no phase of its own", () => {
  const stuck = trajectoryFrom(times, [
    ["pool:glc__D_e", "pool", along((t) => Math.max(0, 10 - 2 * t))],
    ["pool:ac_e", "pool", along((t) => Math.min(t, 5))],
  ]);
  expect(phasesOf(stuck).map((phase) => phase.label)).toEqual(["glucose", "glucose used up"]);
});

describe("differences between arms", () => {
  const arm = (name: "mechanistic" | "learned", a: number, b: number) => ({
    name,
    trajectory: trajectoryFrom(times, [
      ["flux:A", "flux", along((t) => a * t)],
      ["flux:B", "flux", along(() => b)],
      ["flux:C", "flux", along(() => 1e-9 * b)],
    ]),
  });
  const input = reportFixture({ arms: [arm("mechanistic", 1, 2), arm("learned", 0.5, 2)] });

  test("are ranked by the time mean of the spread over the largest magnitude", () => {
    const [first, ...rest] = armDifferences(input);
    expect(first?.variable).toBe("flux:A");
    expect(first?.scale).toBe(10);
    expect(first?.mean).toBeCloseTo(0.25, 10);
    expect(first?.at).toBe(10);
    expect(first?.values).toEqual(
      new Map([
        ["mechanistic", 10],
        ["learned", 5],
      ]),
    );
    expect(rest).toEqual([]);
  });

  test("what is below the nominal magnitude doesn't count", () => {
    const tiny = reportFixture({ arms: [arm("mechanistic", 1, 2), arm("learned", 1, 4)] });
    expect(armDifferences(tiny).map((difference) => difference.variable)).toEqual(["flux:B"]);
  });

  test("arms of different length are compared over the hours that both reached", () => {
    const short = arm("learned", 0.5, 2);
    const half = {
      ...short,
      trajectory: {
        ...short.trajectory,
        times: times.slice(0, 51),
        columns: short.trajectory.columns.map((column) => column.slice(0, 51)),
      },
    };
    const [first] = armDifferences(reportFixture({ arms: [arm("mechanistic", 1, 2), half] }));
    expect(first?.at).toBe(5);
    expect(first?.scale).toBe(5);
  });
});

describe("a second module's prediction", () => {
  const run = trajectoryFrom(times, [
    ["expression:b0001", "expression", along(() => 1)],
    ["expression:b0001@regulator", "expression", along((t) => 1 + t / 5)],
  ]);

  test("is compared with the owner's value inside the run", () => {
    const [found, ...rest] = disagreements(run);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ predictor: "regulator", at: 10, value: 1, predicted: 3 });
    expect(found?.mean).toBeCloseTo(1 / 3, 10);
  });

  test("is no difference between arms", () => {
    const still = trajectoryFrom(times, [
      ["expression:b0001", "expression", along(() => 1)],
      ["expression:b0001@regulator", "expression", along(() => 1)],
    ]);
    const arms = [
      { name: "mechanistic" as const, trajectory: still },
      { name: "hybrid" as const, trajectory: run },
    ];
    expect(armDifferences(reportFixture({ arms }))).toEqual([]);
  });
});

describe("fluxes of wild type and perturbed", () => {
  test("are read where half of the glucose is used when the perturbation is there from the start", () => {
    const input = reportFixture({ perturbations: [{ label: "ΔarcA", from: 0, to: Number.POSITIVE_INFINITY }] });
    const hybrid = input.arms[2];
    if (!hybrid) throw new Error("the fixture has three arms");
    const compared = compareFluxes(input, hybrid);
    expect(compared?.perturbedTime).toBeGreaterThan(compared?.wildTime ?? 0);
    expect(compared?.groups.map((group) => group.pathway)).toContain("TCA cycle, glyoxylate shunt");
  });

  test("are read inside the window while both have glucose when it begins inside the run", () => {
    const input = reportFixture({ perturbations: [{ label: "oxygen off", from: 4, to: Number.POSITIVE_INFINITY }] });
    const hybrid = input.arms[2];
    if (!hybrid) throw new Error("the fixture has three arms");
    const wildGlucose = findingsOf(hybrid.reference ?? hybrid.trajectory).glucoseExhausted ?? Number.NaN;
    expect(compareFluxes(input, hybrid)?.wildTime).toBeCloseTo((4 + wildGlucose) / 2, 10);
  });
});

describe("carbon balance", () => {
  const moved = (variable: string, amount: number, module = "metabolism") => ({ variable, module, moved: amount });
  const variables = ["glc__D_e", "ac_e", "o2_e"].map(
    (pool) =>
      ({
        id: `pool:${pool}`,
        kind: "pool",
        unit: "mmol/L",
        role: "state",
        initial: 0,
        nominal: 1,
        owner: "medium",
      }) as const,
  );

  test("counts atoms, nets each pool and leaves out what has no carbon", () => {
    const ledger = [
      moved("pool:glc__D_e", -10),
      moved("pool:ac_e", 8),
      moved("pool:ac_e", -3),
      moved("pool:o2_e", -20),
    ];
    const expected = { takenUp: 60, products: [{ variable: "pool:ac_e", carbon: 10 }] };
    expect(carbonBalance({ ledger, variables })).toEqual(expected);
    const fed = [moved("pool:glc__D_e", 5, "experimenter"), moved("pool:ac_e", -4, "medium")];
    expect(carbonBalance({ ledger: [...ledger, ...fed], variables })).toEqual(expected);
  });

  test("is absent without uptake", () => {
    expect(carbonBalance({ ledger: [moved("pool:o2_e", -1)], variables })).toBeUndefined();
  });
});

describe("summary", () => {
  test("writes minus zero as 0", () => {
    const run = trajectoryFrom(times, [["flux:A", "flux", along(() => -0)]]);
    const ledger = [{ variable: "biomass", module: "medium", moved: -0 }];
    const summary = summariseRun({ ...run, ledger });
    expect(summary.variables[0]).toMatchObject({ initial: 0, final: 0, min: 0, max: 0 });
    expect(summary.ledger[0]?.moved).toBe(0);
  });

  test("survives JSON unchanged and keeps final values and extremes", () => {
    const input = reportFixture();
    const summary = summarise(input);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
    const glucose = summary.arms[2]?.run.variables.find((entry) => entry.variable === "pool:glc__D_e");
    expect(glucose).toMatchObject({ unit: "mmol/L", initial: 11, max: 11 });
    expect(glucose?.final).toBeLessThan(1e-6);
    expect(summary.arms.map((arm) => arm.wildType?.growthRate)).toEqual(
      input.arms.map((arm) => arm.reference && findingsOf(arm.reference).growthRate),
    );
  });
});
