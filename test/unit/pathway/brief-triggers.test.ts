import { describe, expect, test } from "vitest";
import { simulate } from "../../../src/pathway/run/simulate.ts";
import type { SolverName } from "../../../src/pathway/run/solvers.ts";
import { firstChange } from "../../../src/pathway/run/trigger-search.ts";
import { readSbml } from "../../../src/sbml/read.ts";
import { math, sbml } from "../../support/sbml-text.ts";

const TIME = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>';
const above = (what: string, limit: number): string => `<apply><gt/>${what}<cn>${limit}</cn></apply>`;

/** How often an event is executed while x = sin(t) and y = cos(t) go round a hundred times. */
function executions(trigger: string, solver: SolverName): number {
  const rate = (id: string, content: string) => `<rateRule variable="${id}">${math(content)}</rateRule>`;
  const parameter = (id: string, value: number) => `<parameter id="${id}" value="${value}" constant="false"/>`;
  const lists = `<listOfParameters>${parameter("x", 0)}${parameter("y", 1)}${parameter("n", 0)}</listOfParameters>
<listOfRules>${rate("x", "<ci>y</ci>")}${rate("y", "<apply><minus/><ci>x</ci></apply>")}</listOfRules>
<listOfEvents><event useValuesFromTriggerTime="true"><trigger initialValue="true" persistent="true">${math(trigger)}
</trigger><listOfEventAssignments><eventAssignment variable="n">${math("<apply><plus/><ci>n</ci><cn>1</cn></apply>")}
</eventAssignment></listOfEventAssignments></event></listOfEvents>`;
  const document = readSbml(sbml(lists), { file: "model.xml" });
  const { columns } = simulate(document, {
    t1: 200 * Math.PI,
    points: 2,
    rtol: 1e-9,
    atol: 1e-12,
    solver,
    maxSteps: 1e6,
  });
  return columns.get("n")?.values.at(-1) ?? Number.NaN;
}

describe("events whose trigger holds for a moment", () => {
  test.each(["auto", "cvodes", "odex"] as const)("all are executed: %s", (solver) => {
    expect(executions(above("<ci>x</ci>", 0.9999), solver)).toBe(100);
    expect(executions(above(`<apply><sin/>${TIME}</apply>`, 0.9999), solver)).toBe(100);
  });

  test.each(["auto", "cvodes", "odex"] as const)("so are those between two relations: %s", (solver) => {
    // sin t > 0.5 from pi / 6 = 0.5236 on, cos t > 0.86 up to 0.5355.
    const both = `<apply><and/>${above("<ci>x</ci>", 0.5)}${above("<ci>y</ci>", 0.86)}</apply>`;
    expect(executions(both, solver)).toBe(100);
  });
});

describe("firstChange", () => {
  const search = (margin: (t: number) => number) => {
    const asked: number[] = [];
    const changedAt = (t: number, row: Float64Array) => {
      asked.push(t);
      row[0] = margin(t);
      return margin(t) > 0;
    };
    return { found: firstChange({ margins: 1, changedAt }, 0, 1), asked: asked.length };
  };

  test("is where a margin turns round beyond 0, to the last bit", () => {
    const { found } = search((t) => 1e-8 - (t - 0.3) ** 2);
    expect(found).toBeCloseTo(0.2999, 12);
    expect(1e-8 - ((found ?? 0) - 0.3) ** 2).toBeGreaterThan(0);
  });

  test("looks a few times more where a margin turns round before 0, and not at all where none does", () => {
    const near = search((t) => -1e-6 - (t - 0.3) ** 2);
    expect(near.found).toBeUndefined();
    expect(near.asked).toBeLessThan(18);
    const straight = search((t) => t - 1.5);
    expect(straight.found).toBeUndefined();
    expect(straight.asked).toBe(11);
  });
});
