import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../../src/errors.ts";
import { defineScenario, parseScenario } from "../../../src/scenario/scenario.ts";
import type { ScenarioSpec } from "../../../src/scenario/schema/scenario.ts";

const GOOD = `scenario: arcA-knockout
title: arcA deleted
cell: ../models/ecoli/ecoli.cell.yaml
time: { to: 12, points: 25 }
arms: [hybrid, learned]
medium:
  glc__D_e: 11.1
perturbations:
  - knockout: arcA
  - knockdown: crp
    level: 0.2
    from: 2
    to: 5
  - medium: o2_e
    kLa: 0
    from: 6
`;

function failure(text: string): string {
  try {
    parseScenario(text, "/x/a.scenario.yaml", "a.scenario.yaml");
  } catch (error) {
    if (error instanceof CellweaveError && error.kind === "input") return error.format();
    throw error;
  }
  throw new Error("expected the scenario to be refused");
}

describe("a scenario file", () => {
  test("is read into plain data", () => {
    const { spec, base } = parseScenario(GOOD, "/x/a.scenario.yaml");
    expect(base).toBe("/x/a.scenario.yaml");
    expect(spec.arms).toEqual(["hybrid", "learned"]);
    expect(spec.perturbations).toEqual([
      { knockout: "arcA" },
      { knockdown: "crp", level: 0.2, from: 2, to: 5 },
      { medium: "o2_e", kLa: 0, from: 6 },
    ]);
  });

  test.each([
    ["title:", "titel:", "a.scenario.yaml:2:1: unknown key 'titel'", "did you mean 'title'?"],
    ["time: { to: 12, points: 25 }\n", "", "a.scenario.yaml:1:1: 'time' is missing", ""],
    ["[hybrid,", "[hybird,", "5:8: arms[0]: expected one of mechanistic, learned, hybrid, got 'hybird'", "'hybrid'?"],
    ["11.1", "-1", "7:13: medium.glc__D_e: expected at least 0, got -1", ""],
    ["points: 25", "points: 2.5", "4:25: time.points: expected a whole number, got 2.5", ""],
    ["points: 25", "points: 1", "4:25: time.points: expected at least 2, got 1", ""],
    ["points: 25", "points: 100001", "4:25: time.points: expected at most 100000, got 100001", ""],
    ["kLa: 0", "kLa: .nan", "15:10: perturbations[2].kLa: expected a finite number, found .nan", ""],
    ["knockout: arcA", "knockout: .nan", "9:15: perturbations[0].knockout: expected text, got .nan", ""],
    ["points: 25", "points: -.inf", "4:25: time.points: expected a finite number, found -.inf", ""],
    [
      "- knockout: arcA",
      "- knockout:arcA",
      "expected keys with values, got 'knockout:arcA' [",
      "a space after the colon",
    ],
    ["kLa: 0", "add: 5", "15:5: perturbations[2]: unknown key 'add'", "'medium, set, at' or 'medium, kLa, from, to'"],
    ["    kLa: 0\n", "", "14:5: perturbations[2]: expected the keys 'medium, set, at' or 'medium, kLa, from, to'", ""],
    ["- knockout", "- knokout", "9:5: perturbations[0]: expected one of the keys knockout,", "'knockout'?"],
    ["    level: 0.2\n", "", "10:5: perturbations[1]: 'level' is missing", ""],
    ["level: 0.2", "level: 2", "11:12: perturbations[1].level: expected at most 1, got 2", ""],
    ["kLa: 0", "kLA: 0", "perturbations[2]", "did you mean 'kLa'?"],
    ["to: 5", "to: 1", "13:9: perturbations[1].to: expected a time after the window's start (2 h), got 1 h", ""],
    ["from: 6", "from: -1", "16:11: perturbations[2].from: -1 h is before the start of the run", "from the start"],
    ["from: 2", "from: -2", "12:11: perturbations[1].from: -2 h is before", "leave out 'from' for a genotype that"],
    ["[hybrid, learned]", "[hybrid, hybrid]", "5:16: arms[1]: expected every entry once, got 'hybrid' again", ""],
    ["time:", "observables: [biomass, biomass]\ntime:", "4:24: observables[1]: expected every entry once", ""],
    ["from: 6", "from: 60", "16:11: perturbations[2].from: 60 h is not before the end of the run", ""],
    ["to: 12", "to: 0", "4:13: time.to: expected a time after the start (0 h), got 0 h", ""],
    ["title:", "scenario:", "2:1: Map keys must be unique", "keep one of the two keys"],
    ["title: arcA deleted", "title: [a", "[yaml/syntax]", "brackets"],
    ["cell: ../models/ecoli/ecoli.cell.yaml", "cell:", "3:6: cell: expected text, got nothing", ""],
  ])("with %j for %j is refused with its place", (from, to, message, hint) => {
    const text = failure(GOOD.replace(from, to));
    expect(text).toContain(message);
    expect(text).toContain(hint);
  });

  test.each(["biomass", "pool:o2_e", "species:cAMP", "expression:sdhA"])("clamps no %s below zero", (id) => {
    const text = failure(`${GOOD}  - clamp: ${id}\n    value: -1\n`);
    expect(text).toContain(`18:12: perturbations[3].value: expected at least 0 for '${id}', got -1`);
  });

  test.each(["flux:PFK", "activity:ArcA"])("clamps %s below zero", (id) => {
    const { spec } = parseScenario(`${GOOD}  - clamp: ${id}\n    value: -1\n`, "/x/a.scenario.yaml");
    expect(spec.perturbations?.at(-1)).toEqual({ clamp: id, value: -1 });
  });

  test("lists the other problems with their places", () => {
    expect(failure(GOOD.replace("title:", "titel:").replace("11.1", "x"))).toContain(
      "1 more problem in this file:\n    7:13: medium.glc__D_e: expected a number, got 'x'",
    );
  });

  test("lists ten other problems and counts the rest", () => {
    const keys = Array.from({ length: 14 }, (_, i) => `wrong${i}: 1\n`).join("");
    const text = failure(GOOD + keys);
    expect(text).toContain("13 more problems in this file:\n    18:1: unknown key 'wrong1'");
    expect(text).toContain("27:1: unknown key 'wrong10'");
    expect(text).not.toContain("'wrong11'");
    expect(text).toMatch(/\n {4}and 3 more$/);
  });
});

describe("a scenario in TypeScript", () => {
  test("is checked like the YAML", () => {
    const spec: ScenarioSpec = { scenario: "a", cell: "c.yaml", time: { to: 2 } };
    expect(defineScenario(spec, "file:///x/y.ts").spec).toBe(spec);
    const wrong = { ...spec, tiem: 1 } as ScenarioSpec;
    expect(() => defineScenario(wrong, "file:///x/y.ts")).toThrow("unknown key 'tiem'");
  });
});
