import { describe, expect, test } from "vitest";
import type { Edit } from "../../../src/cell/edit.ts";
import { metabolicModule } from "../../../src/metabolism/module/metabolic-module.ts";
import type { MetabolicOptions } from "../../../src/metabolism/module/options.ts";
import { evaluate, options, POINTS, RICH } from "./core-culture.ts";

describe("edits of a metabolic module", () => {
  const growth = "BIOMASS_Ecoli_core_w_GAM";
  const reading = { ...options, expression: ["b4025", "b1852", "b3916", "b1723"] };
  const rich = (...expression: number[]) => [...RICH, ...expression];
  const deletion = (gene: string, genotype: boolean): Edit => ({ kind: "gene", gene, level: 0, genotype });

  test("a deleted gene of the strain shuts its reaction at once", async () => {
    const module = await metabolicModule(reading);
    expect(evaluate(module, rich(1, 1, 1, 1)).flux("PGI")).toBeGreaterThan(1);
    module.apply([deletion("b4025", true)]);
    const { flux } = evaluate(module, rich(1, 1, 1, 1));
    expect(flux("PGI")).toBe(0);
    expect(flux(growth)).toBeGreaterThan(0.5);
    module.dispose();
  });

  test("a gene shut off at mid-run acts as its product dilutes", async () => {
    const module = await metabolicModule(reading);
    module.apply([deletion("b4025", false)]);
    const carried = [1, 0.5, 0.25, 0.1, 0].map((e) => evaluate(module, rich(e, 1, 1, 1)).flux("PGI"));
    expect(carried[0]).toBeCloseTo(evaluate(module, rich(1, 1, 1, 1)).flux("PGI"), 9);
    expect(carried).toEqual(carried.toSorted((a, b) => b - a));
    expect(carried[3]).toBeLessThan(0.6 * (carried[0] ?? 0));
    expect(carried[4]).toBeCloseTo(0, 9);
    module.dispose();
  });

  test("isoenzymes share the capacity by weight", async () => {
    const limited = { ...reading, capacities: [{ reaction: "PFK", max: 8 }] };
    const equal = await metabolicModule(limited);
    const weighted = await metabolicModule({ ...limited, isoenzymes: new Map([["b3916", 9]]) });
    expect(evaluate(equal, rich(1, 1, 0, 1)).flux("PFK")).toBeCloseTo(4, 9);
    expect(evaluate(weighted, rich(1, 1, 0, 1)).flux("PFK")).toBeCloseTo(0.8, 9);
    expect(evaluate(weighted, rich(1, 1, 1, 0)).flux("PFK")).toBeLessThanOrEqual(7.2 + 1e-9);
    equal.dispose();
    weighted.dispose();
  });

  test("where expression isn't read, a knockdown is a factor from the start", async () => {
    const module = await metabolicModule({ ...options, capacities: [{ reaction: "PGI", max: 10 }] });
    module.apply([{ kind: "gene", gene: "b4025", level: 0.2, genotype: false }]);
    expect(Math.abs(evaluate(module, RICH).flux("PGI"))).toBeLessThanOrEqual(2 + 1e-9);
    module.dispose();
  });

  test("default capacities don't bind at the reference", async () => {
    const free = await metabolicModule({ ...options, defaultCapacity: "none" });
    const limited = await metabolicModule(options);
    for (const reads of POINTS.filter(([glucose]) => glucose === 10)) {
      expect(evaluate(limited, reads).flux(growth)).toBeCloseTo(evaluate(free, reads).flux(growth), 9);
    }
    free.dispose();
    limited.dispose();
  });

  test("clamps and parameters are taken, unknown ones are not", async () => {
    const module = await metabolicModule(reading);
    const vmax: Edit = { kind: "parameter", module: "metabolism", parameter: "EX_glc__D_e.vmax", value: 3 };
    const maintenance: Edit = { kind: "parameter", module: "metabolism", parameter: "maintenance", value: 20 };
    const clamp: Edit = { kind: "clamp", variable: "flux:EX_ac_e", value: 2 };
    for (const edit of [vmax, maintenance, clamp, deletion("b4025", false)]) expect(module.accepts(edit)).toBe(true);
    expect(module.accepts({ ...vmax, parameter: "EX_co2_e.vmax" })).toBe(false);
    expect(module.accepts({ ...vmax, module: "sensing" })).toBe(false);
    expect(module.accepts({ ...clamp, variable: "flux:NOPE" })).toBe(false);
    expect(module.accepts(deletion("b9999", true))).toBe(false);
    module.apply([vmax, maintenance, clamp]);
    const { flux } = evaluate(module, rich(1, 1, 1, 1));
    expect(flux("EX_glc__D_e")).toBeCloseTo((-3 * 10) / 10.015, 9);
    expect(flux("ATPM")).toBeCloseTo(20, 9);
    expect(flux("EX_ac_e")).toBeCloseTo(2, 9);
    module.dispose();
  });
});

describe("options of a metabolic module", () => {
  test.each<[string, Partial<MetabolicOptions>]>([
    ["nothing is said about EX_acald_e", { closed: [] }],
    ["'EX_ac_e' is in 'exchanges' and in 'unlimited'", { unlimited: ["EX_ac_e"] }],
    ["the others can't be both", { drains: "others" }],
    ["'EX_ac_e' is in 'exchanges' and in 'drains'", { drains: ["EX_ac_e"] }],
    ["'PGI' in 'unlimited' isn't an exchange", { unlimited: ["PGI"] }],
    ["uptake needs km > 0", { exchanges: [{ reaction: "EX_glc__D_e", pool: "pool:glc__D_e" }] }],
    ["no reaction 'EX_glc_e'", { exchanges: [{ reaction: "EX_glc_e", pool: "pool:glc__D_e" }] }],
    ["no gene 'b9999'", { expression: ["b9999"] }],
    ["'EX_co2_e' has no gene rule", { capacities: [{ reaction: "EX_co2_e", max: 1 }] }],
    ["capacities must be >= 0", { capacities: [{ reaction: "PGI", max: -1 }] }],
  ])("%s", async (message, change) => {
    await expect(metabolicModule({ ...options, ...change })).rejects.toThrow(message);
  });
});

test("a gene that the model lacks scales the uptake it stands for", async () => {
  const exchanges = options.exchanges.map((e) => (e.reaction === "EX_ac_e" ? { ...e, gene: "b4069" } : e));
  const module = await metabolicModule({ ...options, exchanges });
  expect(module.reads.at(-1)).toBe("expression:b4069");
  const starving = [0, 0.2, 4.5, 20, 0, 0, 0, 0.1];
  const half = evaluate(module, [...starving, 0.5]);
  const full = evaluate(module, [...starving, 1]);
  const none = evaluate(module, [...starving, 0]);
  expect(full.flux("EX_ac_e")).toBeCloseTo(-4.5, 9);
  expect(half.flux("EX_ac_e")).toBeCloseTo(-2.25, 9);
  expect(none.flux("EX_ac_e")).toBeCloseTo(0, 9);
  module.dispose();
});
