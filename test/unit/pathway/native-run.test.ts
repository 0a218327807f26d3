import { describe, expect, test } from "vitest";
import { sharedSundials } from "../../../src/numerics/sundials/shared.ts";
import { compilePathway } from "../../../src/pathway/compile.ts";
import { runPathway, type SolverName } from "../../../src/pathway/simulate.ts";
import { infixModel } from "../../support/infix-model.ts";
import { smallModel } from "../../support/mathml-model.ts";

/** A pulse train: x decays, and jumps by one whenever it has fallen to a quarter. */
const document = smallModel({
  id: "pulses",
  parameters: { x: 1, n: 0, k: 2 },
  rates: { x: ["minus", ["times", "k", "x"]] },
  events: [{ when: ["lt", "x", 0.25], set: { x: ["plus", "x", 1], n: ["plus", "n", 1] } }],
});

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
