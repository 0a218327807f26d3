import { describe, expect, test } from "vitest";
import { compilePathway } from "../../src/pathway/compile.ts";
import { runPathway, type Simulation } from "../../src/pathway/simulate.ts";
import { STIFF_SET, type StiffProblem } from "../support/stiff-set.ts";

/** Right digits of the worst component: -log10 of its relative error. */
function digits({ columns }: Simulation, { reference }: StiffProblem): number {
  const errors = Object.entries(reference).map(([id, exact]) => {
    const found = columns.get(id)?.values.at(-1) ?? Number.NaN;
    return Math.abs((found - exact) / exact);
  });
  return -Math.log10(Math.max(...errors));
}

describe.each(STIFF_SET.map((p) => [p.name, p] as const))("%s", (_name, problem) => {
  const { document, end, rtol, atol } = problem;
  using pathway = compilePathway(document);
  const at = (factor: number): Simulation =>
    runPathway(pathway, { t1: end, points: 2, rtol: rtol * factor, atol: atol * factor, maxSteps: 2_000_000 });
  const coarse = at(1);
  const fine = at(rtol < 1e-6 ? 0.1 : 1e-6);

  test(`gives 4 right digits at rtol ${rtol}`, () => {
    expect(coarse.status).toEqual({ ok: true });
    expect(coarse.statistics?.solver).toBe("cvodes");
    expect(digits(coarse, problem)).toBeGreaterThan(4);
  });

  test("comes to the reference solution as tolerances shrink", () => {
    expect(fine.status).toEqual({ ok: true });
    expect(digits(fine, problem)).toBeGreaterThan(rtol < 1e-6 ? 5 : 9);
  });
});
