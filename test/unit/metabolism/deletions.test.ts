import { describe, expect, test } from "vitest";
import { openFlux, pfba } from "../../../src/metabolism/balance/fba.ts";
import { closed, knockout, reactionAt } from "../../../src/metabolism/model/edits.ts";
import { balance, type FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { doubleDeletions, singleDeletions } from "../../../src/metabolism/mutants/deletions.ts";
import { openLinearRoom } from "../../../src/metabolism/mutants/linear-room.ts";
import { openLinearMoma, openMoma } from "../../../src/metabolism/mutants/moma.ts";
import { openRoom } from "../../../src/metabolism/mutants/room.ts";
import { presolve } from "../../../src/metabolism/presolve/presolve.ts";
import { loadLp } from "../../../src/numerics/programs/load-lp.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

const model = core();
const runtime = await loadLp();

async function wildType(of: FluxModel): Promise<Float64Array> {
  const solution = await pfba(of);
  if (solution.status !== "optimal") throw new Error(solution.message);
  return solution.fluxes;
}

describe("deletions by FBA", () => {
  test("every single gene deletion has the growth of a plain solve", async () => {
    const { deletions, wildType } = await singleDeletions(model);
    const solver = await openFlux(model);
    expect(wildType).toBeCloseTo(0.873921507, 8);
    for (const { deleted, objective, status } of deletions) {
      const plain = solver.fba(knockout(model, deleted));
      expect([deleted, status]).toEqual([deleted, plain.status]);
      if (plain.status === "optimal")
        expect([deleted, objective]).toEqual([deleted, expect.closeTo(plain.objective, 9)]);
    }
    expect(deletions.filter(({ objective }) => !(objective > 0.01)).map(({ deleted }) => deleted[0])).toEqual([
      "b0720",
      "b1136",
      "b1779",
      "b2415",
      "b2416",
      "b2779",
      "b2926",
    ]);
    solver.dispose();
  });

  test("reaction deletions, forward and backward, have the same bits", async () => {
    const names = model.reactions.filter(({ boundary }) => !boundary).map(({ id }) => id);
    const forward = await singleDeletions(model, names, { of: "reactions" });
    const backward = await singleDeletions(model, names.toReversed(), { of: "reactions" });
    expect(backward.deletions.toReversed()).toEqual(forward.deletions);
  });

  test("pairs are those of a plain solve, whatever is skipped, in any order", async () => {
    const genes = model.genes.map(({ id }) => id).filter((_, k) => k % 5 === 0);
    const { deletions } = await doubleDeletions(model, genes);
    expect(deletions).toHaveLength((genes.length * (genes.length - 1)) / 2);
    const solver = await openFlux(model);
    for (const { deleted, objective, status, closed: shut } of deletions) {
      const plain = solver.fba(
        closed(
          model.bounds,
          shut.map((id) => reactionAt(model, id)),
        ),
      );
      expect([deleted, status]).toEqual([deleted, plain.status]);
      if (plain.status === "optimal")
        expect([deleted, objective]).toEqual([deleted, expect.closeTo(plain.objective, 9)]);
    }
    solver.dispose();
    const turned = await doubleDeletions(model, genes.toReversed());
    const key = (d: { deleted: readonly string[] }) => d.deleted.toSorted().join();
    const objectives = (list: typeof deletions) => new Map(list.map((d) => [key(d), d.objective]));
    const here = objectives(deletions);
    for (const [pair, objective] of objectives(turned.deletions))
      expect([pair, objective]).toEqual([pair, here.get(pair)]);
  });

  test("two lists give each unordered pair once", async () => {
    const { deletions } = await doubleDeletions(model, ["pgi", "zwf"], ["zwf", "pgi", "gnd"]);
    expect(deletions.map(({ deleted }) => deleted.join("+"))).toEqual(["pgi+zwf", "pgi+gnd", "zwf+gnd"]);
  });

  test("an unknown gene and an impossible wild type are errors", async () => {
    await expect(singleDeletions(model, ["b9999x"])).rejects.toThrow("no gene 'b9999x'");
    const starved = tiny("in: -> a [0, 1]\n need: a -> [2, 5]\n out*: a -> [0, 1]");
    await expect(singleDeletions(starved)).rejects.toThrow("the wild type: no flux distribution is possible");
  });
});

describe("adjustment to a deletion", () => {
  /** Objectives of COBRApy 0.32.1 against the same pFBA reference: linear MOMA (GLPK) and linear ROOM (GLPK). */
  test.each([
    ["b0114", 107.80292513827, 1.2241594678],
    ["b4025", 70.964997634925, 1.2903365379],
  ])("%s: linear MOMA and linear ROOM have COBRApy's distances", async (gene, distance, switches) => {
    const reference = await wildType(model);
    const moma = openLinearMoma(runtime, presolve(runtime, model), reference);
    const room = openLinearRoom(runtime, presolve(runtime, model), reference);
    const bounds = knockout(model, [gene]);
    const [a, b] = [moma.solve(bounds), room.solve(bounds)];
    expect([a, b]).toMatchObject([
      { status: "optimal", objective: expect.closeTo(distance, 6) },
      { status: "optimal", objective: expect.closeTo(switches, 6) },
    ]);
    if (a.status === "optimal") expect(Math.max(...balance(model, a.fluxes).map(Math.abs))).toBeLessThan(1e-9);
    moma.dispose();
  });

  test("quadratic MOMA is the nearest point: no feasible direction comes nearer", async () => {
    const reference = await wildType(model);
    const moma = openMoma(runtime, presolve(runtime, model), reference);
    const solver = await openFlux(model);
    for (const gene of ["b0114", "b4025", "b1852", "b0720"]) {
      const bounds = knockout(model, [gene]);
      const solution = moma.solve(bounds);
      if (solution.status !== "optimal") throw new Error(solution.message);
      const pull = solution.fluxes.map((v, j) => v - (reference[j] ?? 0));
      const towards = solver.model.reactions.map((_, j) => -(pull[j] ?? 0));
      const best = await pfba({ ...model, objective: Float64Array.from(towards), sense: "maximize" }, bounds);
      if (best.status !== "optimal") throw new Error(best.message);
      const gain = best.fluxes.reduce((sum, v, j) => sum + (towards[j] ?? 0) * (v - (solution.fluxes[j] ?? 0)), 0);
      expect([gene, gain < 1e-8 * (1 + solution.objective)]).toEqual([gene, true]);
    }
    moma.dispose();
    solver.dispose();
  });

  test("ROOM changes as few fluxes as can be", () => {
    const small = tiny(`in: -> a [0, 10]
      x: a -> b [0, 100]
      y1: a -> c [0, 100]
      y2: c -> b [0, 100]
      z: a -> b [0, 6]
      out*: b -> [0, 100]`);
    const reference = Float64Array.of(10, 10, 0, 0, 0, 10);
    const shut = closed(small.bounds, [1]);
    const room = openRoom(runtime, presolve(runtime, small), reference).solve(shut);
    if (room.status !== "optimal") throw new Error(room.message);
    expect(room.objective).toBe(3);
    const linear = openLinearMoma(runtime, presolve(runtime, small), reference).solve(shut);
    if (linear.status !== "optimal") throw new Error(linear.message);
    expect(linear.fluxes[5]).toBeLessThanOrEqual(10);
  });
});
