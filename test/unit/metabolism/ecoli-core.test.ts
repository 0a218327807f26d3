import { beforeAll, describe, expect, test } from "vitest";
import { type FluxSolver, openFlux } from "../../../src/metabolism/balance/fba.ts";
import type { FluxSolution } from "../../../src/metabolism/balance/solution.ts";
import { bounded, closed, knockout, reactionAt, reactionsWithout } from "../../../src/metabolism/model/edits.ts";
import { balance, type FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { bigg, core } from "../../support/flux-models.ts";

const ours = core();
const theirs = bigg("e_coli_core");
let solver: FluxSolver;
let reference: FluxSolver | undefined;

beforeAll(async () => {
  solver = await openFlux(ours);
  if (theirs !== undefined) reference = await openFlux(theirs);
  return () => {
    solver.dispose();
    reference?.dispose();
  };
});

function growth(solution: FluxSolution): number {
  return solution.status === "optimal" ? solution.objective : 0;
}

/** A column of S by metabolite id. */
function equation({ stoichiometry: { starts, rows, values }, metabolites }: FluxModel, j: number): Map<string, number> {
  const entries = [];
  for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++)
    entries.push([metabolites[rows[k] ?? 0]?.id ?? "", values[k] ?? 0] as const);
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("E. coli core model", () => {
  test("has the published size", () => {
    expect([ours.reactions.length, ours.metabolites.length, ours.genes.length]).toEqual([95, 72, 137]);
  });

  test("grows at the published rates, with oxygen and without", () => {
    expect(growth(solver.fba())).toBeCloseTo(0.873921507, 8);
    expect(growth(solver.fba(bounded(ours, ours.bounds, "EX_o2_e", 0, 1000)))).toBeCloseTo(0.21166295, 8);
  });

  test("every reaction but growth and exchange is balanced in elements and charge", () => {
    const unbalanced = ours.reactions.filter(({ id, boundary }, j) => {
      if (boundary || id.startsWith("BIOMASS")) return false;
      const total = new Map<string, number>();
      for (const [metabolite, k] of equation(ours, j)) {
        const { formula = "", charge = 0 } = ours.metabolites[ours.metaboliteIndex.get(metabolite) ?? 0] ?? {};
        total.set("charge", (total.get("charge") ?? 0) + k * charge);
        for (const [, element = "", count] of formula.matchAll(/([A-Z][a-z]?)(\d*)/g))
          total.set(element, (total.get(element) ?? 0) + k * Number(count || 1));
      }
      return [...total.values()].some((sum) => Math.abs(sum) > 1e-9);
    });
    expect(unbalanced.map(({ id }) => id)).toEqual([]);
  });

  test("fluxes of a solution balance every metabolite", () => {
    const solution = solver.pfba();
    if (solution.status !== "optimal") throw new Error(solution.message);
    expect(Math.max(...balance(ours, solution.fluxes).map(Math.abs))).toBeLessThan(1e-11);
  });

  test.skipIf(theirs === undefined)("states the facts that BiGG states", () => {
    if (theirs === undefined) return;
    expect([...ours.reactionIndex.keys()].sort()).toEqual([...theirs.reactionIndex.keys()].sort());
    for (const [id, j] of theirs.reactionIndex) {
      const k = reactionAt(ours, id);
      expect([id, equation(ours, k)]).toEqual([id, equation(theirs, j)]);
      expect([id, ours.bounds.lower[k], ours.bounds.upper[k]]).toEqual([
        id,
        theirs.bounds.lower[j],
        theirs.bounds.upper[j],
      ]);
    }
    const elements = (formula = "") =>
      [...formula.matchAll(/([A-Z][a-z]?)(\d*)/g)].map(([, e, n]) => `${e}${n || 1}`).sort();
    for (const [id, i] of theirs.metaboliteIndex) {
      const mine = ours.metabolites[ours.metaboliteIndex.get(id) ?? -1];
      const other = theirs.metabolites[i];
      expect([id, elements(mine?.formula), mine?.charge]).toEqual([id, elements(other?.formula), other?.charge]);
    }
  });

  test.skipIf(theirs === undefined)("has BiGG's pFBA fluxes, every exchange and every reaction", () => {
    const [a, b] = [solver.pfba(), reference?.pfba()];
    if (a.status !== "optimal" || b?.status !== "optimal" || theirs === undefined) throw new Error("no optimum");
    for (const [id, j] of theirs.reactionIndex)
      expect([id, a.fluxes[reactionAt(ours, id)]]).toEqual([id, expect.closeTo(b.fluxes[j] ?? 0, 7)]);
  });

  test.skipIf(theirs === undefined)(
    "has BiGG's growth after each of the 137 gene deletions, and the same reactions shut",
    () => {
      if (theirs === undefined || reference === undefined) return;
      let slower = 0;
      for (const { id } of ours.genes) {
        const shut = reactionsWithout(ours, [ours.geneIndex.get(id) ?? -1])
          .map((j) => ours.reactions[j]?.id)
          .sort();
        const gone = theirs.geneIndex.get(id) ?? -1;
        const shutThere = reactionsWithout(theirs, [gone]);
        expect([id, shut]).toEqual([id, shutThere.map((j) => theirs.reactions[j]?.id).sort()]);
        const mine = growth(solver.fba(knockout(ours, [id])));
        expect([id, mine]).toEqual([id, expect.closeTo(growth(reference.fba(closed(theirs.bounds, shutThere))), 8)]);
        if (mine < 0.87) slower++;
      }
      expect(slower).toBeGreaterThan(20);
    },
  );
});
