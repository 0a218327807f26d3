import { describe, expect, test } from "vitest";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { checkBalance } from "../../../src/metabolism/model/check-balance.ts";
import { fluxModelFromFile } from "../../../src/metabolism/read/flux-file-node.ts";
import { fluxModelFromJson, fluxModelFromYaml } from "../../../src/metabolism/read/read-cobra-json.ts";

/** Uptake of a, two ways to b, growth on b. */
const reaction = (id: string, metabolites: Record<string, number>, more = {}) => {
  return { id, name: "", metabolites, lower_bound: 0, upper_bound: 1000, gene_reaction_rule: "", ...more };
};
const MODEL = {
  id: "two-ways",
  metabolites: ["a", "b"].map((id) => ({ id, name: id, compartment: "c" })),
  reactions: [
    reaction("EX_a", { a: -1 }, { lower_bound: -10, upper_bound: 0 }),
    reaction("cheap", { a: -1, b: 1 }, { kcat_MW: 20 }),
    reaction("GROW", { b: -1 }, { objective_coefficient: 1 }),
  ],
  genes: [],
};
const without = (model: object, ...more: readonly [string, string][]) =>
  more.reduce((text, [from, to]) => text.replace(from, to), JSON.stringify(model));

describe("COBRA JSON as Python writes it", () => {
  test("infinite bounds as texts and as bare words", () => {
    const text = without(
      MODEL,
      ['"upper_bound":1000', '"upper_bound":"inf"'],
      ['"lower_bound":0', '"lower_bound":"-inf"'],
    );
    const { lower, upper } = fluxModelFromJson(text).bounds;
    expect([lower[0], upper[0]]).toEqual([-10, 0]);
    expect([lower[1], upper[1]]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    const bare = without(MODEL, ['"upper_bound":1000', '"upper_bound":Infinity'], ['"kcat_MW":20', '"kcat_MW":NaN']);
    expect(fluxModelFromJson(bare).bounds.upper[1]).toBe(Number.POSITIVE_INFINITY);
    expect(fluxModelFromJson(without(MODEL, ['"two-ways"', '"Infinity or NaN"'])).id).toBe("Infinity or NaN");
  });

  test("a bound that is no number is missing, and what isn't JSON stays refused", () => {
    const text = without(MODEL, ['"upper_bound":1000', '"upper_bound":NaN']);
    expect(() => fluxModelFromJson(text)).toThrow("reaction 'cheap' has no upper bound");
    expect(() => fluxModelFromJson(without(MODEL, ["[]", "[Infinit]"]))).toThrow("not JSON");
  });

  test("a metabolite that accumulates and an inequality are refused", () => {
    const change = (more: object) => JSON.stringify({ ...MODEL, metabolites: [{ id: "a", ...more }, { id: "b" }] });
    expect(fluxModelFromJson(change({ _bound: 0, _constraint_sense: "E" })).metabolites).toHaveLength(2);
    expect(() => fluxModelFromJson(change({ _bound: 2 }))).toThrow("metabolite 'a' accumulates (_bound is 2)");
    expect(() => fluxModelFromJson(change({ _constraint_sense: "L" }))).toThrow("has an inequality (L)");
  });

  test("constraints of a kind that isn't read are refused, other parts are named", () => {
    const expressed = JSON.stringify({ ...MODEL, kind: "ThermoMEModel", variables: [], constraints: [] });
    expect(() => fluxModelFromJson(expressed)).toThrow(
      "the model (ThermoMEModel) has variables and constraints of a kind",
    );
    const { remarks } = fluxModelFromJson(JSON.stringify({ ...MODEL, kcat_source: "x", medium: {} }));
    expect(remarks).toEqual(["the file's 'kcat_source', 'medium' are not used"]);
    expect(fluxModelFromJson(JSON.stringify(MODEL)).remarks).toBeUndefined();
  });
});

describe("the limit on enzyme mass of ECMpy's models", () => {
  const limited = { ...MODEL, enzyme_constraint: { lowerbound: 0, upperbound: 0.25 } };

  test("bounds the sum of v / kcat_MW", async () => {
    const model = fluxModelFromJson(JSON.stringify(limited));
    const solution = await fba(model);
    expect(solution).toMatchObject({ status: "optimal", objective: expect.closeTo(5, 9) });
    expect(model.reactions.at(-1)).toMatchObject({ id: "enzyme_constraint", auxiliary: true });
    expect(await fba(fluxModelFromJson(JSON.stringify(MODEL)))).toMatchObject({ objective: 10 });
  });

  test("is no metabolite whose formula is missing", () => {
    const formulas = limited.metabolites.map((metabolite) => ({ ...metabolite, formula: "C2" }));
    const model = fluxModelFromJson(JSON.stringify({ ...limited, metabolites: formulas }));
    expect(checkBalance(model)).toEqual({ imbalances: [], unknown: [] });
  });

  test("says what is wrong", () => {
    const text = JSON.stringify(limited);
    const changed = (from: string, to: string) => () => fluxModelFromJson(text.replace(from, to));
    expect(changed('"kcat_MW":20', '"kcat_MW":NaN')).toThrow("reaction 'cheap' has kcat_MW NaN");
    expect(changed('"upperbound":0.25', '"upperbound":"x"')).toThrow("needs numbers as lowerbound and upperbound");
    expect(changed('"lower_bound":0', '"lower_bound":-5')).toThrow("'cheap' runs both ways and has one kcat_MW");
    expect(changed('"kcat_MW":20', '"kcat_MW":""')).not.toThrow();
  });
});

describe("enzymes as metabolites", () => {
  const pooled = (ids: readonly string[], reactions: readonly object[]) => {
    const supply = reaction("prot_pool_exchange", { prot_pool: 1 }, { upper_bound: 0.1 });
    const metabolites = ["a", "b", "prot_pool", ...ids].map((id) => ({ id, name: id, compartment: "c" }));
    const [uptake, , growth] = MODEL.reactions;
    return fluxModelFromJson(
      JSON.stringify({ ...MODEL, metabolites, reactions: [uptake, growth, supply, ...reactions] }),
    );
  };

  test("GECKO's proteins, drawn from a pool: 0.1 g/gDW x kcat / mass", async () => {
    const model = pooled(
      ["prot_P1"],
      [
        reaction("costlyNo1", { a: -1, prot_P1: -1 / 400, b: 1 }),
        reaction("draw_prot_P1", { prot_pool: -20, prot_P1: 1 }),
      ],
    );
    expect(await fba(model)).toMatchObject({ status: "optimal", objective: expect.closeTo((0.1 * 400) / 20, 9) });
  });

  test("sMOMENT's one pool, as AutoPACMEN writes it", async () => {
    const model = pooled([], [reaction("costly", { a: -1, prot_pool: -20 / 400, b: 1 })]);
    expect(await fba(model)).toMatchObject({ status: "optimal", objective: expect.closeTo(2, 9) });
  });
});

describe("COBRA YAML", () => {
  const entry = (pairs: readonly string[], indent: string) =>
    [`${indent}- !!omap`, ...pairs.map((pair) => `${indent}  - ${pair}`)].join("\n");
  const flux = (id: string, metabolites: string, lower: string, upper: string, more: readonly string[] = []) =>
    entry(
      [
        `id: ${id}`,
        `metabolites: !!omap\n        - ${metabolites}`,
        `lower_bound: ${lower}`,
        `upper_bound: ${upper}`,
        ...more,
      ],
      "  ",
    );
  const text = [
    "!!omap",
    "- metabolites:",
    entry(["id: a", "name: A", "compartment: c", "charge: -2"], "  "),
    "- reactions:",
    flux("EX_a", "a: -1.0", "-inf", "4.0"),
    flux("DM_a", "a: -1", "0", "1000", ["gene_reaction_rule: g1 and g2", "objective_coefficient: 1"]),
    "- genes: []",
    "- id: tiny",
    "- version: '1'",
  ].join("\n");

  test("ordered mappings give the model", async () => {
    const model = fluxModelFromFile(new TextEncoder().encode(text), "tiny.yml");
    expect(model.id).toBe("tiny");
    expect(model.metabolites[0]).toMatchObject({ id: "a", compartment: "c", charge: -2 });
    expect(model.bounds.lower[0]).toBe(Number.NEGATIVE_INFINITY);
    expect(model.genes.map(({ id }) => id)).toEqual(["g1", "g2"]);
    expect(await fba(model)).toMatchObject({ status: "optimal", objective: 1000 });
  });

  test("plain mappings too; what is neither is refused by name", () => {
    expect(fluxModelFromYaml("metaData: {id: raven}\nmetabolites: []\nreactions: []\ngenes: []\n").id).toBe("raven");
    expect(() => fluxModelFromYaml("- 1\n- 2\n", "x.yml")).toThrow("expected a mapping with metabolites");
    expect(() => fluxModelFromYaml("a: [1\nb: 2", "x.yml")).toThrow("not YAML");
  });
});
