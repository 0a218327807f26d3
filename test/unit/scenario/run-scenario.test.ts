import { describe, expect, test } from "vitest";
import type { CellModule } from "../../../src/cell/module.ts";
import { OK } from "../../../src/cell/status.ts";
import { columnOf } from "../../../src/engine/trajectory.ts";
import { CellweaveError } from "../../../src/errors.ts";
import type { RunOptions, ScenarioProgress } from "../../../src/scenario/result.ts";
import { runScenario } from "../../../src/scenario/run-scenario.ts";
import { parseScenario } from "../../../src/scenario/scenario.ts";
import { grower, memoryFiles } from "./toy.ts";

const CELL = `cell: toy
graph: trn.json
modules:
  - medium: medium
    biomass: { initial: 0.1 }
    pools:
      glc__D_e: { initial: 10 }
      o2_e: { initial: 0.2, transfer: { kLa: 100, saturation: 0.2 } }
`;
const GRAPH = JSON.stringify({
  id: "toy",
  name: "toy",
  source: "made up",
  nodes: [
    { id: "eatA", type: "gene", name: "eatA", locus: "b0001", synonyms: ["yumA"] },
    { id: "idlA", type: "gene", name: "idlA", locus: "b0002" },
  ],
  edges: [],
});
const SCENARIO = `scenario: toy
cell: toy.cell.yaml
time: { to: 2, points: 5 }
arms: [mechanistic]
`;

function run(text: string, options: RunOptions = {}) {
  const files = memoryFiles(
    new Map([
      ["/x/toy.cell.yaml", CELL],
      ["/x/trn.json", GRAPH],
      ["/x/od.csv", "hours,od\n0,0.1\n1,0.16\n"],
    ]),
  );
  const scenario = parseScenario(text, "/x/toy.scenario.yaml", "toy.scenario.yaml");
  return runScenario(scenario, { files, couplings: [() => grower()], ...options });
}

async function failure(text: string): Promise<string> {
  const error = await run(text).catch((caught: unknown) => caught);
  if (error instanceof CellweaveError) return error.format();
  throw new Error("expected the scenario to be refused");
}

async function columns(text: string, id: string) {
  const { arms } = await run(text);
  const arm = arms[0];
  if (arm === undefined) throw new Error("no arm");
  return { perturbed: columnOf(arm.trajectory, id) ?? [], reference: arm.reference && columnOf(arm.reference, id) };
}

describe("runScenario", () => {
  test("runs the arms that are asked for and says what was read", async () => {
    const { arms, inputs, observables, repeatability, setting } = await run(SCENARIO);
    expect(arms.map(({ name }) => name)).toEqual(["mechanistic"]);
    expect(arms[0]?.trajectory.status).toEqual({ code: "done", t: 2 });
    expect([...(arms[0]?.trajectory.times ?? [])]).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(inputs.map(({ path, role }) => [path, role])).toEqual([
      ["/x/toy.scenario.yaml", "scenario"],
      ["/x/toy.cell.yaml", "cell"],
      ["/x/trn.json", "graph"],
    ]);
    expect(inputs[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(observables.map(({ variable }) => variable)).toEqual(["biomass", "pool:glc__D_e", "pool:o2_e"]);
    expect(repeatability).toBe("A");
    expect(setting).toMatchObject({ rtol: 1e-4, atol: 1e-6, points: 5 });
  });

  test("growth moves what the yield says it must", async () => {
    const { perturbed } = await columns(SCENARIO, "biomass");
    const glucose = (await columns(SCENARIO, "pool:glc__D_e")).perturbed;
    const grown = (perturbed[4] ?? 0) - (perturbed[0] ?? 0);
    expect(grown / ((glucose[0] ?? 0) - (glucose[4] ?? 0))).toBeCloseTo(0.05, 5);
  });

  test("a knockout by synonym stops growth and is compared with the wild type", async () => {
    const text = `${SCENARIO}perturbations:\n  - knockout: yumA\n`;
    const { perturbed, reference } = await columns(text, "biomass");
    expect(perturbed[4]).toBe(0.1);
    expect(reference?.[4]).toBeGreaterThan(0.2);
    const { perturbations } = await run(text);
    expect(perturbations[0]?.label).toBe("ΔeatA");
  });

  test("a genotype leaves no product over, an acute knockout does", async () => {
    const lasting = (): CellModule => ({
      ...grower("product"),
      owns: [{ id: "expression:b0001", kind: "expression", unit: "1", role: "state", initial: 1, nominal: 1 }],
      reads: [],
      adds: [],
      evaluate: () => OK,
      advance: ({ start, owned }) => {
        owned.set(start);
        return OK;
      },
    });
    const first = async (knockout: string) => {
      const text = `${SCENARIO}perturbations:\n  - { ${knockout} }\n`;
      const { arms } = await run(text, { couplings: [() => grower(), lasting] });
      return arms
        .flatMap((arm) => (arm.reference === undefined ? [] : [arm.trajectory, arm.reference]))
        .map((trajectory) => columnOf(trajectory, "expression:b0001")?.[0]);
    };
    expect(await first("knockout: eatA")).toEqual([0, 1]);
    expect(await first("knockout: eatA, from: 0")).toEqual([1, 1]);
    expect(await first("overexpression: eatA, level: 3")).toEqual([3, 1]);
  });

  test("a knockdown acts in its window only", async () => {
    const text = `${SCENARIO}perturbations:\n  - { knockdown: eatA, level: 0, from: 0.5, to: 1 }\n`;
    const { perturbed } = await columns(text, "biomass");
    expect(perturbed[1]).toBeGreaterThan(0.12);
    expect(perturbed[2]).toBe(perturbed[1]);
    expect(perturbed[3]).toBeGreaterThan(perturbed[2] ?? 0);
  });

  test("a medium change sets a pool at once; gas supply stops in a window", async () => {
    const pulse = `${SCENARIO}perturbations:\n  - { medium: glc__D_e, set: 20, at: 1 }\n`;
    expect((await columns(pulse, "pool:glc__D_e")).perturbed[2]).toBe(20);
    const strip = `${SCENARIO}medium: { o2_e: 0.1 }\nperturbations:\n  - { medium: o2_e, kLa: 0 }\n`;
    const { perturbed, reference } = await columns(strip, "pool:o2_e");
    expect([...perturbed]).toEqual([0.1, 0.1, 0.1, 0.1, 0.1]);
    expect(reference?.[1]).toBeCloseTo(0.2, 6);
  });

  test("a preculture leaves pools and biomass where the scenario puts them", async () => {
    const { perturbed } = await columns(`${SCENARIO}preculture: { hours: 3 }\nbiomass: 0.3\n`, "biomass");
    expect(perturbed[0]).toBe(0.3);
    expect(perturbed[1]).toBeGreaterThan(0.3);
  });

  test("measured data come from CSV with the variable resolved", async () => {
    const text = `${SCENARIO}data:\n  - { observable: biomass, file: od.csv, time: hours, value: od }\n`;
    expect((await run(text)).measurements).toEqual([
      { variable: "biomass", time: 0, value: 0.1 },
      { variable: "biomass", time: 1, value: 0.16 },
    ]);
  });

  test("progress ends at 1 and an aborted run keeps what it reached", async () => {
    const seen: ScenarioProgress[] = [];
    await run(SCENARIO, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ arm: "mechanistic", run: "perturbed", done: 1 });
    const { arms } = await run(SCENARIO, { signal: AbortSignal.abort() });
    expect(arms[0]?.trajectory.status.code).toBe("interrupted");
  });

  test.each([
    [
      "perturbations:\n  - knockout: eatB\n",
      "toy.scenario.yaml:6:15: perturbations[0].knockout: no gene 'eatB'",
      "'eatA'",
    ],
    [
      "perturbations:\n  - knockout: idlA\n",
      "6:5: perturbations[0]: no module of the cell takes up 'ΔidlA'",
      "in no gene",
    ],
    ["observables: [biomas]\n", "5:15: observables[0]: the cell has no variable 'biomas'", "did you mean 'biomass'?"],
    ["medium: { glc_D_e: 1 }\n", "5:20: medium.glc_D_e: the cell has no variable 'pool:glc_D_e'", "'pool:glc__D_e'"],
    ["perturbations:\n  - { medium: o2, kLa: 0 }\n", "no pool 'o2' of the medium exchanges with a gas", "o2_e"],
    ["perturbations:\n  - { medium: glc__D_e, kLa: 5 }\n", "no pool 'glc__D_e' of the medium exchanges", "known: o2_e"],
    ["perturbations:\n  - { parameter: medium.dilutoin, value: 0 }\n", "no module has a parameter", "medium.dilution"],
    ["data:\n  - { observable: biomass, file: no.csv, value: od }\n", "6:34: file '/x/no.csv' does not exist", ""],
    ["data:\n  - { observable: biomass, file: od.csv, value: od }\n", "/x/od.csv:1: no column 'time'", "hours, od"],
  ])("refuses %j", async (extra, message, hint) => {
    const text = await failure(SCENARIO + extra);
    expect(text).toContain(message);
    expect(text).toContain(hint);
  });

  test("refuses two perturbations of a gene at the same time, however it is named", async () => {
    const two = (window: string) =>
      `${SCENARIO}perturbations:\n  - { knockout: eatA, from: 1 }\n  - { knockdown: yumA, level: 0.5${window} }\n`;
    const text = await failure(two(""));
    expect(text).toContain(
      "toy.scenario.yaml:7:5: perturbations[1]: 'eatA × 0.5' and 'ΔeatA' (perturbations[0], line 6)",
    );
    expect(text).toContain("[scenario/overlap]");
    expect((await run(two(", to: 1"))).perturbations.map(({ label }) => label)).toEqual(["ΔeatA", "eatA × 0.5"]);
  });

  test("refuses a regulator that the cell doesn't list where it was asked for", async () => {
    expect(await failure(`${SCENARIO}regulator: ridge\n`)).toContain(
      "toy.scenario.yaml:5:12: regulator: the cell 'toy' has no regulator 'ridge' [cell/unknown-regulator]",
    );
    await expect(run(SCENARIO, { regulator: "ridge" })).rejects.toThrow(
      "option '--regulator': the cell 'toy' has no regulator 'ridge'",
    );
  });
});
