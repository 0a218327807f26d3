import { describe, expect, test } from "vitest";
import type { Edit } from "../../../src/cell/edit.ts";
import { productionEnvelope } from "../../../src/metabolism/balance/envelope.ts";
import { minimalMedium } from "../../../src/metabolism/balance/minimal-medium.ts";
import { mediumModule } from "../../../src/metabolism/medium/medium.ts";
import { reactionAt } from "../../../src/metabolism/model/edits.ts";
import { metabolicModule } from "../../../src/metabolism/module/metabolic-module.ts";
import { fluxModelFromFile } from "../../../src/metabolism/read/flux-file-node.ts";
import { fluxModelFromJson } from "../../../src/metabolism/read/read-cobra-json.ts";
import { deletionJob } from "../../../src/metabolism/screens/deletion-screen.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

const model = tiny("EX_s: s -> [-10, 1000]\nMAKE: s -> x [0, 1000] g1\nGROW*: x -> [0, 1000]");
const options = {
  id: "m",
  model,
  exchanges: [{ reaction: "EX_s", pool: "pool:s", vmax: 10, km: 1 }],
  closed: "others",
  capacities: [{ reaction: "MAKE", max: 5 }],
} as const;
const parameter = (name: string, value: number, module = "m"): Edit => {
  return { kind: "parameter", module, parameter: name, value };
};

describe("values that can't be", () => {
  test.each([
    ["EX_s.vmax", -1],
    ["EX_s.km", 0],
    ["maintenance", -2],
    ["MAKE.max", Number.NaN],
  ])("a metabolic module refuses %s = %d", async (name, value) => {
    const module = await metabolicModule(options);
    expect(() => module.apply([parameter(name, value)])).toThrow(`the parameter '${name}' is set to ${value}`);
    expect(() => module.apply([parameter(name, 1)])).not.toThrow();
    module.dispose();
  });

  test("a gene is named once in 'expression'", async () => {
    await expect(metabolicModule({ ...options, expression: ["g1", "g1"] })).rejects.toThrow(
      "'g1' is in 'expression' twice",
    );
  });

  test("biomass is not held below zero", () => {
    const medium = mediumModule({ pools: [], biomass: { initial: 1 } });
    expect(() => medium.apply([{ kind: "clamp", variable: "biomass", value: -1 }])).toThrow("'biomass' is held at -1");
  });
});

describe("models that say too little, or too much", () => {
  const aimless = { ...model, objective: new Float64Array(3) };

  test("every analysis of the objective asks for one", async () => {
    await expect(productionEnvelope(aimless, "EX_s")).rejects.toThrow("states no objective");
    await expect(minimalMedium(aimless)).rejects.toThrow("states no objective");
  });

  const reaction = { id: "R", metabolites: { a: -1 }, lower_bound: 0, upper_bound: 1 };
  const json = (reactions: readonly object[]) => JSON.stringify({ metabolites: [{ id: "a" }], genes: [], reactions });

  test.each([
    [[reaction, reaction], "reaction 'R' is there twice"],
    [[{ ...reaction, lower_bound: "low" }], "reaction 'R' has no lower bound"],
    [[{ ...reaction, lower_bound: 2 }], "reaction 'R' can take no flux: bounds 2 to 1"],
    [[{ ...reaction, objective_coefficient: "max" }], "reaction 'R': expected a number as objective_coefficient"],
    [[{ ...reaction, metabolites: { b: 1 } }], "reaction 'R' uses metabolite 'b'"],
  ])("%#: COBRA JSON is refused by name", (reactions, message) => {
    expect(() => fluxModelFromJson(json(reactions), "model.json")).toThrow(message);
  });
});

describe("names that aren't there, or are there twice", () => {
  const whole = core();
  test.each([
    ["BIOMASS_core", "did you mean 'BIOMASS_Ecoli_core_w_GAM'?"],
    ["ex_glc", "did you mean 'EX_glc__D_e'?"],
    ["12345678", "upper and lower case count"],
  ])("%s: %s", (id, hint) => {
    expect(() => reactionAt(whole, id)).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  });

  test("deletions of one gene by two names, and models of no reactions", () => {
    const plan = { of: "genes", method: "fba", bounds: whole.bounds, pairs: false } as const;
    expect(() => deletionJob(whole, { ...plan, names: ["pgi", "b4025"] })).toThrow(
      "'pgi' and 'b4025' are the same gene",
    );
    expect(() => deletionJob(whole, { ...plan, names: ["pgi", "pgi"] })).toThrow("'pgi' is asked for twice");
    const nothing = new TextEncoder().encode('{"id":"e","metabolites":[],"reactions":[],"genes":[]}');
    expect(() => fluxModelFromFile(nothing, "e.json")).toThrow("model 'e' has no reactions");
  });
});
