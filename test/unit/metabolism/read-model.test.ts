import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { capacityAt, capacityOf } from "../../../src/metabolism/limits/capacity.ts";
import type { GeneRule } from "../../../src/metabolism/model/gene-rule.ts";
import { parseRule } from "../../../src/metabolism/model/parse-rule.ts";
import { fluxModelFromJson } from "../../../src/metabolism/read/read-cobra-json.ts";
import { fluxModel } from "../../../src/metabolism/read/read-model.ts";
import { readSbml } from "../../../src/sbml/read.ts";

const CORE = readFileSync("sbml/ecoli-core.xml", "utf8");

function read(change: (text: string) => string) {
  return fluxModel(readSbml(change(CORE), { file: "core.xml" }));
}

describe("a model from SBML", () => {
  test("drops the prefixes that every id carries", () => {
    const model = read((text) => text);
    expect(model.reactionIndex.has("PGI")).toBe(true);
    expect(model.metabolites[0]?.id).toBe("13dpg_c");
    expect(model.genes[0]).toEqual({ id: "b0008", name: "talB" });
    expect(model.reactions.find(({ id }) => id === "EX_glc__D_e")?.boundary).toBe(true);
  });

  test.each([
    ["has no lower flux bound", 'fbc:lowerFluxBound="flux_min" ', ""],
    ["parameter 'flux_mni', which isn't there", 'fbc:lowerFluxBound="flux_min"', 'fbc:lowerFluxBound="flux_mni"'],
    ["parameter 'flux_min' has no value", 'value="-1000" ', ""],
    ["can take no flux: bounds 2000 to 1000", 'value="-1000"', 'value="2000"'],
    ["names gene product 'G_b27799'", 'fbc:geneProduct="G_b2779"', 'fbc:geneProduct="G_b27799"'],
    ["the active objective 'grow' isn't in the model", 'activeObjective="growth"', 'activeObjective="grow"'],
    [
      "names reaction 'R_BIOMASS', which isn't",
      'fbc:reaction="R_BIOMASS_Ecoli_core_w_GAM"',
      'fbc:reaction="R_BIOMASS"',
    ],
    ["uses species 'M_2pgg_c'", 'species="M_2pg_c"', 'species="M_2pgg_c"'],
  ])("%s", (message, from, to) => {
    expect(() => read((text) => text.replace(from, to))).toThrow(message);
  });

  test("a fault has its file and line", () => {
    const broken = () => read((text) => text.replace('fbc:lowerFluxBound="flux_min" ', ""));
    expect(broken).toThrow(expect.objectContaining({ place: { file: "core.xml", line: expect.any(Number) } }));
  });
});

describe("a model from COBRA JSON", () => {
  const json = {
    id: "small",
    metabolites: [
      { id: "a_c", compartment: "c", formula: "CO2", charge: 0 },
      { id: "b_c", compartment: "c" },
    ],
    reactions: [
      { id: "in", metabolites: { a_c: 1 }, lower_bound: 0, upper_bound: 10, gene_reaction_rule: "" },
      {
        id: "x",
        metabolites: { a_c: -1, b_c: 2 },
        lower_bound: 0,
        upper_bound: 4,
        gene_reaction_rule: "(g1 and g2) or g3",
      },
      { id: "out", metabolites: { b_c: -1 }, lower_bound: 0, upper_bound: 99, objective_coefficient: 1 },
    ],
    genes: [{ id: "g1", name: "geneA" }, { id: "g2" }],
  };

  test("solves as written", async () => {
    const model = fluxModelFromJson(JSON.stringify(json));
    expect(model.genes.map(({ id }) => id)).toEqual(["g1", "g2", "g3"]);
    expect(model.reactions.map(({ boundary }) => boundary)).toEqual([true, false, true]);
    expect(await fba(model)).toMatchObject({ status: "optimal", objective: 8 });
  });

  test.each<[string, (model: typeof json) => unknown]>([
    ["uses metabolite 'c_c'", (m) => ({ ...m, metabolites: [], reactions: [{ id: "q", metabolites: { c_c: 1 } }] })],
    ["reaction 'q' has no lower bound", (m) => ({ ...m, reactions: [{ id: "q", metabolites: {} }] })],
    ["expected a list 'genes'", (m) => ({ ...m, genes: undefined })],
    [
      "expected ')' in '(g1 and'",
      (m) => ({ ...m, reactions: [{ ...m.reactions[1], gene_reaction_rule: "(g1 and g2" }] }),
    ],
  ])("%s", (message, change) => {
    const text = JSON.stringify(change(json));
    expect(() => fluxModelFromJson(text)).toThrow(message.replace("(g1 and'", "(g1 and g2'"));
  });

  test("text that isn't JSON", () => {
    expect(() => fluxModelFromJson("{", "m.json")).toThrow("not JSON");
  });
});

/** A rule with parentheses around every part that has parts. */
function written(rule: GeneRule, names: readonly string[]): string {
  if (rule.kind === "gene") return names[rule.gene] ?? "";
  const parts = rule.of.map((part) => (part.kind === "gene" ? written(part, names) : `(${written(part, names)})`));
  return parts.join(` ${rule.kind} `);
}

describe("gene rules", () => {
  const names = ["a", "b", "c", "d"];
  const parse = (text: string) => parseRule(text, (name) => names.indexOf(name));

  test.each([
    ["a", "a"],
    ["a and b or c", "(a and b) or c"],
    ["a AND (b OR c)", "a and (b or c)"],
    ["((a)) & b | c && d", "(a and b) or (c and d)"],
  ])("%s", (text, expected) => {
    expect(written(parse(text), names)).toBe(expected);
  });

  test.each(["a and", "(a or b", "a b", "or a", ""])("'%s' is refused", (text) => {
    expect(() => parse(text)).toThrow("expected");
  });

  test.each<[string, number[], number]>([
    ["a and b", [0.5, 2, 1, 1], 0.5],
    ["a or b", [0, 1, 1, 1], 0.5],
    ["a or b or c", [3, 0, 0, 1], 1],
    ["(a or b) and c", [0, 1, 0.2, 1], 0.2],
    ["a or (a and b)", [0.7, 0, 1, 1], 0.7],
    ["(a and b) or (a and b and c) or d", [1, 1, 0, 1], 1],
  ])("capacity of %s", (text, expression, expected) => {
    expect(capacityAt(capacityOf(parse(text)), Float64Array.from(expression))).toBeCloseTo(expected, 12);
  });

  test("the reference has capacity 1, whatever the weights", () => {
    const capacity = capacityOf(parse("(a and b) or c or d"), (genes) => genes.length * 3);
    expect(capacityAt(capacity, new Float64Array(4).fill(1))).toBeCloseTo(1, 12);
  });
});
