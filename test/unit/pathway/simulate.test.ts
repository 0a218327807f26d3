import { describe, expect, test } from "vitest";
import { CellweaveError } from "../../../src/errors.ts";
import { type SimulateOptions, simulate } from "../../../src/pathway/run/simulate.ts";
import type { Simulation } from "../../../src/pathway/run/simulation.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { math, sbml } from "../../support/sbml-text.ts";

const parameter = (id: string, value?: number, constant = false): string =>
  `<parameter id="${id}" ${value === undefined ? "" : `value="${value}"`} constant="${constant}"/>`;
const list = (name: string, ...items: string[]): string => `<listOf${name}>${items.join("")}</listOf${name}>`;
const rule = (kind: string, id: string, content: string): string =>
  `<${kind}Rule ${id === "" ? "" : `variable="${id}"`}>${math(content)}</${kind}Rule>`;
const event = (
  trigger: string,
  assignments: Record<string, string>,
  extra = "",
  flags = 'initialValue="true" persistent="true"',
): string =>
  `<event useValuesFromTriggerTime="true"><trigger ${flags}>${math(trigger)}</trigger>${extra}${list(
    "EventAssignments",
    ...Object.entries(assignments).map(([id, m]) => `<eventAssignment variable="${id}">${math(m)}</eventAssignment>`),
  )}</event>`;
const TIME = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>';
const since = (t: number): string => `<apply><geq/>${TIME}<cn>${t}</cn></apply>`;

function run(lists: string, options: Partial<SimulateOptions> = {}): Simulation {
  return simulate(readSbml(sbml(lists), { file: "model.xml" }), {
    t1: 10,
    points: 11,
    rtol: 1e-10,
    atol: 1e-12,
    ...options,
  });
}
const column = (s: Simulation, id: string): number[] => Array.from(s.columns.get(id)?.values ?? []);

function errorOf(lists: string): CellweaveError {
  try {
    run(lists);
  } catch (error) {
    if (error instanceof CellweaveError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const OSCILLATOR =
  list("Parameters", parameter("x", 1), parameter("v", 0)) +
  list("Rules", rule("rate", "x", "<ci>v</ci>"), rule("rate", "v", "<apply><minus/><ci>x</ci></apply>"));

describe("integration", () => {
  test("an oscillator follows the cosine", () => {
    const x = column(run(OSCILLATOR), "x");
    for (const [i, value] of x.entries()) expect(value).toBeCloseTo(Math.cos(i), 8);
  });

  test("the output grid does not change the values at shared times", () => {
    const coarse = run(OSCILLATOR, { points: 11 });
    const fine = run(OSCILLATOR, { points: 10_001 });
    for (const [i, value] of column(coarse, "x").entries()) expect(column(fine, "x")[i * 1000]).toBe(value);
  });

  test("amounts and concentrations keep apart where a compartment grows", () => {
    const s = run(
      list("Compartments", '<compartment id="c" spatialDimensions="3" size="1" constant="false"/>') +
        list(
          "Species",
          '<species id="S" compartment="c" initialAmount="6" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>',
        ) +
        list("Rules", rule("rate", "c", "<cn>1</cn>")),
    );
    expect(column(s, "S")[5]).toBeCloseTo(1, 12);
    expect(s.columns.get("S")?.amounts?.[5]).toBe(6);
  });

  test("a local parameter shadows the model's", () => {
    const s = run(
      list("Compartments", '<compartment id="c" spatialDimensions="3" size="2" constant="true"/>') +
        list(
          "Species",
          '<species id="S" compartment="c" initialAmount="0" hasOnlySubstanceUnits="true" boundaryCondition="false" constant="false"/>',
        ) +
        list("Parameters", parameter("k", 100, true)) +
        list(
          "Reactions",
          `<reaction id="r" reversible="false" fast="false">${list("Products", '<speciesReference species="S" stoichiometry="2" constant="true"/>')}
          <kineticLaw>${math("<ci>k</ci>")}${list("LocalParameters", '<localParameter id="k" value="3"/>')}</kineticLaw></reaction>`,
        ),
    );
    expect(s.columns.get("S")?.amounts?.[10]).toBeCloseTo(60, 9);
  });

  test("an algebraic rule determines what is left free", () => {
    const s = run(
      OSCILLATOR.replace(
        /<\/listOfRules>/,
        `${rule("algebraic", "", "<apply><minus/><apply><plus/><ci>x</ci><ci>y</ci></apply><cn>3</cn></apply>")}</listOfRules>`,
      ).replace("</listOfParameters>", `${parameter("y")}</listOfParameters>`),
    );
    expect(column(s, "y")[4]).toBeCloseTo(3 - Math.cos(4), 8);
  });

  test("delay looks back, and before the start at what rules say of that time", () => {
    const delay = `<apply><csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/delay">d</csymbol><ci>a</ci><cn>2</cn></apply>`;
    const s = run(
      list("Parameters", parameter("a"), parameter("b")) +
        list("Rules", rule("assignment", "a", `<apply><sin/>${TIME}</apply>`), rule("assignment", "b", delay)),
    );
    for (const [i, value] of column(s, "b").entries()) expect(value).toBeCloseTo(Math.sin(i - 2), 9);
  });
});

describe("events", () => {
  test("are located where they happen", () => {
    const s = run(
      OSCILLATOR.replace("</listOfParameters>", `${parameter("when", 0)}</listOfParameters>`) +
        list("Events", event("<apply><leq/><ci>x</ci><cn>0</cn></apply>", { when: TIME })),
    );
    expect(column(s, "when")[1]).toBe(0);
    expect(column(s, "when")[2]).toBeCloseTo(Math.PI / 2, 9);
  });

  test("wait for their delay with the values of the trigger's time", () => {
    const s = run(
      list("Parameters", parameter("x", 0), parameter("y", 0)) +
        list("Rules", rule("rate", "x", "<cn>1</cn>")) +
        list("Events", event(since(2), { y: "<ci>x</ci>" }, `<delay>${math("<cn>3</cn>")}</delay>`)),
    );
    expect(column(s, "y").slice(4, 6)).toEqual([0, expect.closeTo(2, 12)]);
  });

  test("go by priority, and one may cancel another that does not persist", () => {
    const y = (value: number): Record<string, string> => ({ y: `<cn>${value}</cn>` });
    const priority = (p: number): string => `<priority>${math(`<cn>${p}</cn>`)}</priority>`;
    const trigger = `<apply><and/>${since(2)}<apply><lt/><ci>y</ci><cn>5</cn></apply></apply>`;
    const s = run(
      list("Parameters", parameter("y", 0)) +
        list(
          "Events",
          event(trigger, y(1), priority(1), 'initialValue="true" persistent="false"'),
          event(since(2), y(9), priority(2)),
        ),
    );
    expect(column(s, "y")[3]).toBe(9);
  });

  test("trigger each other in a cascade, and an endless one is a status", () => {
    const up = (from: number): string =>
      event(`<apply><geq/><ci>y</ci><cn>${from}</cn></apply>`, { y: `<cn>${from + 1}</cn>` });
    const s = run(
      list("Parameters", parameter("y", 0)) + list("Events", event(since(1), { y: "<cn>1</cn>" }), up(1), up(2)),
    );
    expect(column(s, "y")[1]).toBe(3);
    const flip = (from: number, to: number): string =>
      event(`<apply><and/>${since(1)}<apply><eq/><ci>y</ci><cn>${from}</cn></apply></apply>`, { y: `<cn>${to}</cn>` });
    const endless = run(list("Parameters", parameter("y", 0)) + list("Events", flip(0, 1), flip(1, 0)));
    expect(endless.status).toMatchObject({ ok: false, code: "failed", t: 1 });
    expect(endless.times.length).toBe(1);
  });
});

describe("what cannot be simulated is said", () => {
  test("cycles name what needs each other", () => {
    const error = errorOf(
      list("Parameters", parameter("a"), parameter("b")) +
        `\n${list("Rules", rule("assignment", "a", "<ci>b</ci>"), rule("assignment", "b", "<ci>a</ci>"))}`,
    );
    expect(error.code).toBe("sbml/cycle");
    expect(error.message).toBe(
      "These need each other: the assignment rule of 'a' -> the assignment rule of 'b' -> the assignment rule of 'a'",
    );
    expect(error.place).toEqual({ file: "model.xml", line: 3 });
  });

  test("unknown ids suggest their neighbours; functions that call themselves are refused", () => {
    const error = errorOf(
      list("Parameters", parameter("kcat", 1), parameter("y")) +
        list("Rules", rule("assignment", "y", "<ci>kact</ci>")),
    );
    expect(error.format()).toContain("did you mean 'kcat'?");
    const f = `<functionDefinition id="f">${math("<lambda><bvar><ci>x</ci></bvar><apply><ci>f</ci><ci>x</ci></apply></lambda>")}</functionDefinition>`;
    expect(
      errorOf(
        list("FunctionDefinitions", f) +
          list("Parameters", parameter("y")) +
          list("Rules", rule("assignment", "y", "<apply><ci>f</ci><cn>1</cn></apply>")),
      ).code,
    ).toBe("sbml/recursive-function");
  });

  test("statuses name time and quantity and keep what was reached", () => {
    const pole = run(
      list("Parameters", parameter("x", 0.4)) +
        list("Rules", rule("rate", "x", "<apply><power/><ci>x</ci><cn>2</cn></apply>")),
      { maxSteps: 2000 },
    );
    expect(pole.status.ok).toBe(false);
    expect(pole.status.ok ? "" : pole.status.message).toContain("'x'");
    expect(Array.from(pole.times)).toEqual([0, 1, 2]);
    const nothing = run(
      list("Parameters", parameter("x", 1), parameter("k")) + list("Rules", rule("rate", "x", "<ci>k</ci>")),
    );
    expect(nothing.status).toMatchObject({ ok: false, code: "not-finite", t: 0 });
    const stiff = run(
      list("Parameters", parameter("x", 2)) +
        list(
          "Rules",
          rule(
            "rate",
            "x",
            `<apply><times/><cn>-1e7</cn><apply><minus/><ci>x</ci><apply><cos/>${TIME}</apply></apply></apply>`,
          ),
        ),
      { maxSteps: 3000, solver: "odex" },
    );
    expect(stiff.status).toMatchObject({ ok: false, code: "too-stiff" });
  });

  test("options out of range are bad usage", () => {
    expect(() => run(OSCILLATOR, { t1: 0 })).toThrow("when a time after t0 = 0 was expected");
    expect(() => run(OSCILLATOR, { points: 1.5 })).toThrow("whole number");
    expect(() => run(OSCILLATOR, { rtol: 0 })).toThrow("positive tolerances");
  });
});
