import { describe, expect, test } from "vitest";
import { type Names, resolvePerturbation } from "../../../src/scenario/perturbation.ts";
import type { PerturbationSpec } from "../../../src/scenario/schema/perturbation.ts";

const names: Names = {
  gene: (name) => ({ locus: `b-${name}`, name, node: name }),
  variable: (id) => id,
  parameter: (name) => {
    const [module = "", parameter = ""] = name.split(".");
    return { module, parameter };
  },
  node: () => undefined,
  transfer: (pool) => ({ module: "medium", parameter: `${pool}.kLa` }),
};

const resolve = (spec: PerturbationSpec) => resolvePerturbation(spec, ["perturbations", 0], names);

describe("resolvePerturbation", () => {
  test("a knockout without a window is the genotype, since ever and for ever", () => {
    const { edit, label, gene } = resolve({ knockout: "arcA" });
    expect(edit).toEqual({
      edit: { kind: "gene", gene: "b-arcA", level: 0, genotype: true },
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
    });
    expect(label).toBe("ΔarcA");
    expect(gene?.locus).toBe("b-arcA");
  });

  test("a knockdown in a window is no genotype and keeps its level", () => {
    expect(resolve({ knockdown: "crp", level: 0.2, from: 2, to: 5 }).edit).toEqual({
      edit: { kind: "gene", gene: "b-crp", level: 0.2, genotype: false },
      from: 2,
      to: 5,
    });
  });

  test("overexpression raises the level", () => {
    const { edit, label } = resolve({ overexpression: "pta", level: 5, from: 0 });
    expect(edit?.edit).toMatchObject({ level: 5, genotype: false });
    expect(label).toBe("pta × 5");
  });

  test("a clamp, a parameter and the supply of a gas become edits of their own kind", () => {
    expect(resolve({ clamp: "flux:PFK", value: 3 }).edit?.edit).toEqual({
      kind: "clamp",
      variable: "flux:PFK",
      value: 3,
    });
    expect(resolve({ parameter: "sensing.k1", value: 2, from: 1 }).edit?.edit).toEqual({
      kind: "parameter",
      module: "sensing",
      parameter: "k1",
      value: 2,
    });
    const shutoff = resolve({ medium: "o2_e", kLa: 0, from: 6 });
    expect(shutoff.edit).toMatchObject({ edit: { parameter: "o2_e.kLa", value: 0 }, from: 6 });
    expect(shutoff.label).toBe("no o2_e supply");
  });

  test("a sudden medium change is a jump of the pool", () => {
    const { jump, edit } = resolve({ medium: "glc__D_e", set: 10, at: 5 });
    expect(jump).toEqual({ variable: "pool:glc__D_e", value: 10, at: 5 });
    expect(edit).toBeUndefined();
  });
});
