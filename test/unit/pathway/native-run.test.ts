import { describe, expect, test } from "vitest";
import { sharedSundials } from "../../../src/numerics/sundials/shared.ts";
import { compilePathway } from "../../../src/pathway/code/compile.ts";
import { runPathway, type SolverName } from "../../../src/pathway/run/simulate.ts";
import type { Simulation } from "../../../src/pathway/run/simulation.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { infixModel } from "../../support/infix-model.ts";
import { smallModel } from "../../support/mathml-model.ts";
import { math, sbml } from "../../support/sbml-text.ts";

/** A pulse train: x decays, and jumps by one whenever it has fallen to a quarter. */
const document = smallModel({
  id: "pulses",
  parameters: { x: 1, n: 0, k: 2 },
  rates: { x: ["minus", ["times", "k", "x"]] },
  events: [{ when: ["lt", "x", 0.25], set: { x: ["plus", "x", 1], n: ["plus", "n", 1] } }],
});

const POOL = sbml(`<listOfParameters>
  ${["x", "q"].map((id) => `<parameter id="${id}" value="1" constant="false"/>`).join("")}</listOfParameters>
  <listOfRules>
    <rateRule variable="x">${math("<apply><minus/><ci>x</ci></apply>")}</rateRule>
    <algebraicRule>${math(`<apply><plus/><apply><power/><ci>q</ci><cn>3</cn></apply><ci>q</ci><ci>x</ci><cn>-2</cn></apply>`)}</algebraicRule>
  </listOfRules>
  <listOfEvents><event id="loss" useValuesFromTriggerTime="true"><trigger initialValue="true" persistent="true">
    ${math(`<apply><geq/><csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol><cn>1</cn></apply>`)}</trigger>
    <listOfEventAssignments><eventAssignment variable="x">${math("<apply><divide/><ci>x</ci><cn>2</cn></apply>")}</eventAssignment></listOfEventAssignments>
  </event></listOfEvents>`);

describe("a model run inside WebAssembly", () => {
  test("events happen where they should: the n-th at ln 4 / 2 + (n - 1) ln 5 / 2", () => {
    using pathway = compilePathway(document);
    const { columns, status, statistics } = runPathway(pathway, { t1: 10, points: 2, rtol: 1e-9, atol: 1e-12 });
    expect(status.ok).toBe(true);
    expect(statistics?.solver).toBe("radau");
    const events = Math.floor(1 + (10 - Math.log(4) / 2) / (Math.log(5) / 2));
    expect(columns.get("n")?.values.at(-1)).toBe(events);
    const last = Math.log(4) / 2 + ((events - 1) * Math.log(5)) / 2;
    expect(columns.get("x")?.values.at(-1)).toBeCloseTo(1.25 * Math.exp(-2 * (10 - last)), 6);
  });

  test("output times don't change the steps, and another run changes nothing", () => {
    using pathway = compilePathway(document);
    const few = runPathway(pathway, { t1: 10, points: 11 });
    const many = runPathway(pathway, { t1: 10, points: 1001, select: ["x"] });
    const again = runPathway(pathway, { t1: 10, points: 11 });
    expect(again).toEqual(few);
    expect([...many.columns.keys()]).toEqual(["x"]);
    expect(many.statistics).toEqual(few.statistics);
    few.columns.get("x")?.values.forEach((value, i) => {
      expect(many.columns.get("x")?.values[100 * i]).toBe(value);
    });
  });

  test("160 undamped swings keep 6 digits at rtol 1e-6, and CVODES is there for who asks", () => {
    using pendulum = compilePathway(infixModel({ y: "v", v: "-y" }, { start: { y: 1 } }));
    const end = (solver: SolverName): number | undefined =>
      runPathway(pendulum, { t1: 1000, points: 2, solver }).columns.get("y")?.values.at(-1);
    expect(end("auto")).toBeCloseTo(Math.cos(1000), 6);
    expect(end("radau")).toBe(end("auto"));
    expect(end("cvodes")).toBeCloseTo(Math.cos(1000), 2);
  });

  test("an algebraic rule is solved beside the differential equations, across an event", () => {
    // x decays, and is halved at t = 1; q solves q^3 + q = 2 - x.
    using pathway = compilePathway(readSbml(POOL));
    const run = (solver: SolverName): Simulation => runPathway(pathway, { t1: 3, points: 4, rtol: 1e-9, solver });
    const [beside, inside] = [run("auto"), run("odex")];
    expect(beside.statistics?.solver).toBe("radau");
    expect(inside.statistics).toBeUndefined();
    const q = beside.columns.get("q")?.values ?? new Float64Array(0);
    const x = beside.columns.get("x")?.values ?? new Float64Array(0);
    [1, 0.5 * Math.exp(-1), 0.5 * Math.exp(-2), 0.5 * Math.exp(-3)].forEach((exact, i) => {
      expect(x[i]).toBeCloseTo(exact, 8);
      expect((q[i] ?? 0) ** 3 + (q[i] ?? 0)).toBeCloseTo(2 - exact, 8);
      expect(inside.columns.get("q")?.values[i]).toBeCloseTo(q[i] ?? 0, 7);
    });
  });

  test("models come and go without the memory growing, and survive its growth", () => {
    const { exports, allocate } = sharedSundials();
    const once = (): void => {
      using pathway = compilePathway(document);
      runPathway(pathway, { t1: 1 });
    };
    for (let i = 0; i < 5; i++) once();
    const before = exports.memory.buffer.byteLength;
    const table = exports.__indirect_function_table.length;
    for (let i = 0; i < 200; i++) once();
    expect(exports.memory.buffer.byteLength).toBe(before);
    expect(exports.__indirect_function_table.length).toBe(table);
    using pathway = compilePathway(document);
    const early = runPathway(pathway, { t1: 5 });
    exports.release(allocate(2 * before));
    expect(exports.memory.buffer.byteLength).toBeGreaterThan(before);
    expect(runPathway(pathway, { t1: 5 })).toEqual(early);
  });
});
