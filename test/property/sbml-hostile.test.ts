import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../src/errors.ts";
import { compilePathway } from "../../src/pathway/code/compile.ts";
import { checkSbml } from "../../src/sbml/check/check-sbml.ts";
import { readSbml } from "../../src/sbml/read.ts";
import { apply, list, math, parameter, sbmlFile } from "../support/sbml-text.ts";

/** Processor time after which a refusal counts as a hang, ms. */
const HANG = 2000;
const clock = (): number => process.cpuUsage().user / 1000;

const repeat = (n: number, item: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => item(i)).join("");
/** A parameter x with an assignment rule. */
const rule = (content: string, before = ""): string =>
  sbmlFile(
    31,
    before +
      list("Parameters", parameter("x", "", false)) +
      list("Rules", `<assignmentRule variable="x">${math(content)}</assignmentRule>`),
  );
const functions = (n: number, body: (i: number) => string): string =>
  list(
    "FunctionDefinitions",
    repeat(
      n,
      (i) =>
        `<functionDefinition id="f${i}">${math(`<lambda><bvar><ci>a</ci></bvar>${body(i)}</lambda>`)}</functionDefinition>`,
    ),
  );
const call = (i: number, argument = "<ci>a</ci>"): string => `<apply><ci>f${i}</ci>${argument}</apply>`;
const formula = (text: string): string =>
  sbmlFile(
    12,
    list("Parameters", '<parameter name="x" value="1"/>') + list("Rules", `<algebraicRule formula="${text}"/>`),
  );
const nested = (n: number): string => `${"<apply><minus/>".repeat(n)}<cn>1</cn>${"</apply>".repeat(n)}`;
const species = (compartment: string): string =>
  list(
    "Species",
    `<species id="S" ${compartment} hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>`,
  );

/** What is refused, with the code and a part of the words. */
const HOSTILE: readonly (readonly [what: string, text: () => string, code: string, words: string])[] = [
  ["a DOCTYPE", () => `<!DOCTYPE a [<!ENTITY x "y">]>${rule("<cn>&x;</cn>")}`, "sbml/doctype", "DOCTYPE"],
  ["an entity", () => rule("<cn>&x;</cn>"), "sbml/xml", "undefined entity"],
  ["100,000 nested elements", () => rule(nested(100_000)), "sbml/too-deep", "256 deep"],
  ["200 MB of text", () => `<sbml>${" ".repeat(200_000_000)}</sbml>`, "sbml/too-large", "200000013 characters"],
  [
    "a rate law of a million nodes",
    () => rule(`<apply><plus/>${"<cn>1</cn>".repeat(1e6)}</apply>`),
    "sbml/too-large",
    "200000 nodes",
  ],
  [
    "a sum of 100,000 terms",
    () => rule(`<apply><plus/>${"<cn>1</cn>".repeat(1e5)}</apply>`),
    "sbml/too-large",
    "20000 operands",
  ],
  ["a formula of a million terms", () => formula(`x${"+x".repeat(1e6)}`), "sbml/too-large", "200000 nodes"],
  ["a tower of powers", () => formula(`x${"^x".repeat(1e5)}`), "sbml/formula", "less nesting"],
  ["100,000 parentheses", () => formula("(".repeat(1e5)), "sbml/formula", "less nesting"],
  ["100,000 divisions", () => formula(`x${"/x".repeat(1e5)}`), "sbml/formula", "fewer divisions"],
  [
    "functions that double at every level",
    () =>
      rule(
        call(59, "<cn>1</cn>"),
        functions(60, (i) => (i === 0 ? "<ci>a</ci>" : apply("plus", call(i - 1), call(i - 1)))),
      ),
    "sbml/too-large",
    "500000 nodes",
  ],
  [
    "20,000 functions in a row",
    () =>
      rule(
        call(0, "<cn>1</cn>"),
        functions(20_000, (i) => (i === 19_999 ? "<ci>a</ci>" : call(i + 1))),
      ),
    "sbml/too-deep",
    "600 deep",
  ],
  [
    "functions that call each other",
    () =>
      rule(
        call(0, "<cn>1</cn>"),
        functions(2, (i) => call(1 - i)),
      ),
    "sbml/recursive-function",
    "f0 -> f1 -> f0",
  ],
  ["rules that need each other", () => rule("<ci>x</ci>"), "sbml/cycle", "the assignment rule of 'x'"],
  [
    "an id twice",
    () => sbmlFile(31, list("Parameters", parameter("a"), parameter("a"))),
    "sbml/duplicate-id",
    "'a' is already used",
  ],
  [
    "no id",
    () => sbmlFile(31, list("Parameters", '<parameter constant="true"/>')),
    "sbml/missing-attribute",
    "no attribute 'id'",
  ],
  ["no namespace", () => '<sbml level="3" version="1"><model/></sbml>', "sbml/not-sbml", "namespace ''"],
  ["a namespace of no level", () => sbmlFile(31, "").replace("level3", "level9"), "sbml/not-sbml", "level9"],
  [
    "a namespace of another level",
    () => sbmlFile(31, "").replace("level3/version1/core", "level2/version4"),
    "sbml/not-sbml",
    "level 3 version 1",
  ],
  ["a species in no compartment", () => sbmlFile(31, species("")), "sbml/missing-attribute", "'compartment'"],
  [
    "a species in a compartment that is not there",
    () => sbmlFile(31, species('compartment="c"')),
    "sbml/unknown-id",
    "'c'",
  ],
];

describe("hostile models are refused fast and in words", () => {
  test.each(HOSTILE)("%s", (_, text, code, words) => {
    const hostile = text();
    const start = clock();
    let refusal: unknown;
    try {
      compilePathway(readSbml(hostile));
    } catch (error) {
      refusal = error;
    }
    expect(clock() - start).toBeLessThan(HANG);
    if (!(refusal instanceof CellweaveError)) throw refusal ?? new Error("nothing was refused");
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(words);
    expect(refusal.format().length).toBeLessThan(1000);
  });

  test.each(HOSTILE)("check ends too: %s", (_, text) => {
    const hostile = text();
    const start = clock();
    try {
      checkSbml(hostile);
    } catch (error) {
      expect(error).toBeInstanceOf(CellweaveError);
    }
    expect(clock() - start).toBeLessThan(HANG);
  });
});

describe("limits are options of the reader", () => {
  const text = rule(nested(20));
  test.each([
    [{ characters: 100 }, "sbml/too-large"],
    [{ depth: 10 }, "sbml/too-deep"],
    [{ elements: 10 }, "sbml/too-large"],
    [{ mathNodes: 10 }, "sbml/too-large"],
  ])("%o", (limits, code) => {
    expect(() => readSbml(text)).not.toThrow();
    expect(() => readSbml(text, { limits })).toThrow(expect.objectContaining({ code }));
  });
});
