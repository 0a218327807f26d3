import { describe, expect, test } from "vitest";
import { compilePathway } from "../../src/pathway/code/compile.ts";
import { runPathway, type SolverName } from "../../src/pathway/run/simulate.ts";
import type { Simulation } from "../../src/pathway/run/simulation.ts";
import { STIFF_SET, type StiffProblem } from "../support/stiff-set.ts";

/** Right digits of the worst component: -log10 of its relative error. */
function digits({ columns }: Simulation, { reference }: StiffProblem): number {
  const errors = Object.entries(reference).map(([id, exact]) => {
    const found = columns.get(id)?.values.at(-1) ?? Number.NaN;
    return Math.abs((found - exact) / exact);
  });
  return -Math.log10(Math.max(...errors));
}

const RTOL = 1e-6;

describe.each(STIFF_SET.map((p) => [p.name, p] as const))("%s", (name, problem) => {
  const { document, end, atol } = problem;
  using pathway = compilePathway(document);
  const at = (factor: number, solver: SolverName): Simulation =>
    runPathway(pathway, { t1: end, points: 2, rtol: RTOL * factor, atol: atol * factor, maxSteps: 2_000_000, solver });
  const chosen = at(1, "auto");
  const fine = at(1e-6, "auto");
  const bdf = at(1, "cvodes");

  test("gives 6 right digits at rtol 1e-6 with the solver that is chosen by itself", () => {
    expect(chosen.status).toEqual({ ok: true });
    expect(chosen.statistics?.solver).toBe("radau");
    expect(digits(chosen, problem)).toBeGreaterThan(6);
  });

  test("comes to the reference solution as tolerances shrink", () => {
    expect(fine.status).toEqual({ ok: true });
    expect(digits(fine, problem)).toBeGreaterThan(9);
  });

  test("gives 4 right digits at rtol 1e-6 with CVODES, where little swings", () => {
    expect(bdf.status).toEqual({ ok: true });
    expect(digits(bdf, problem)).toBeGreaterThan(name === "Ring modulator" ? 2 : 4);
  });
});
