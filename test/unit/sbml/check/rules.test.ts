import { describe, expect, test } from "vitest";
import { CHECK_RULES } from "../../../../src/sbml/check/catalogue.ts";
import { checkSbml } from "../../../../src/sbml/check/check-sbml.ts";
import { CORE_CASES } from "./core-cases.ts";
import { MODEL_CASES } from "./model-cases.ts";
import { PACKAGE_CASES, VALID_PACKAGES } from "./package-cases.ts";
import { UNIT_CASES } from "./unit-cases.ts";

const CASES = [...CORE_CASES, ...MODEL_CASES, ...UNIT_CASES, ...PACKAGE_CASES];

describe("each rule finds the file that breaks it", () => {
  test.each(CASES)("%s", (rule, text) => {
    const found = checkSbml(text).findings.find((f) => f.rule === rule);
    expect(
      found,
      checkSbml(text)
        .findings.map((f) => `${f.rule}: ${f.message}`)
        .join("\n"),
    ).toBeDefined();
    expect(found?.severity).toBe(CHECK_RULES.get(rule)?.severity);
    expect(found?.message).not.toMatch(/undefined|\[object/);
    expect(found?.expected).toBe(CHECK_RULES.get(rule)?.expected);
  });
});

test("every rule of the catalogue has a case", () => {
  const covered = new Set(CASES.map(([rule]) => rule));
  expect([...CHECK_RULES.keys()].filter((rule) => !covered.has(rule))).toEqual([]);
});

test.each(VALID_PACKAGES)("a file of a package in which nothing is wrong", (text) => {
  expect(checkSbml(text).findings).toEqual([]);
});

test("several findings come in the order of the file", () => {
  const text = CORE_CASES.find(([rule]) => rule === "20206")?.[1] ?? "";
  const lines = checkSbml(text).findings.map((f) => f.line);
  expect(lines).toEqual([...lines].sort((a, b) => a - b));
});
