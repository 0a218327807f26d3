import { describe, expect, test } from "vitest";
import { fba, pfba } from "../../../src/metabolism/balance/fba.ts";
import { variability } from "../../../src/metabolism/balance/fva.ts";
import { lexicographic } from "../../../src/metabolism/balance/lexicographic.ts";
import { prices } from "../../../src/metabolism/balance/prices.ts";
import { bounded } from "../../../src/metabolism/model/edits.ts";
import { borderSummary } from "../../../src/metabolism/model/flux-summary.ts";
import { blockedReactions, deadEnds } from "../../../src/metabolism/model/structure.ts";
import { singleDeletions } from "../../../src/metabolism/mutants/deletions.ts";
import { mutantFluxes } from "../../../src/metabolism/mutants/mutant.ts";
import { fluxModelFromJson } from "../../../src/metabolism/read/read-cobra-json.ts";
import { sampleFluxes } from "../../../src/metabolism/sampling/sample.ts";
import { EPSILON, RT, thermodynamicModel } from "../../support/thermodynamic-model.ts";

const read = (...of: Parameters<typeof thermodynamicModel>) =>
  fluxModelFromJson(JSON.stringify(thermodynamicModel(...of)));

/** What a thousandfold gradient is worth, kJ/mol. */
const GRADIENT = RT * Math.log(1000);

describe("thermodynamics as pyTFA writes them", () => {
  test("a reaction whose Gibbs energy can't fall below zero carries nothing", async () => {
    expect(GRADIENT).toBeLessThan(20);
    const model = read(20);
    expect(await fba(model)).toMatchObject({ status: "optimal", objective: expect.closeTo(5, 9) });
    const found = await variability(model, { fraction: 0, reactions: ["good", "DG_good", "FU_good"] });
    if (found.status !== "optimal") throw new Error(found.message);
    expect([...found.maximum]).toEqual([expect.closeTo(0, 9), expect.closeTo(20 + GRADIENT, 6), expect.closeTo(0, 9)]);
    expect([...found.minimum][1]).toBeCloseTo(20 - GRADIENT, 6);
  });

  test("wider concentrations tip it", async () => {
    expect(await fba(read(20, 1e-8))).toMatchObject({ objective: expect.closeTo(10, 9) });
    expect(await pfba(read(10))).toMatchObject({ objective: expect.closeTo(10, 9) });
  });

  test("ranges of energy and concentrations at full growth", async () => {
    const model = read(10);
    const found = await variability(model, { reactions: ["good", "poor", "DG_good", "LC_a", "LC_b"] });
    if (found.status !== "optimal") throw new Error(found.message);
    const tipping = (10 + EPSILON) / RT;
    const [low, high] = [Math.log(1e-5), Math.log(1e-2)];
    const least = [10, 0, 10 - GRADIENT, low + tipping, low];
    const most = [10, 0, -EPSILON, high, high - tipping];
    expect([...found.minimum]).toEqual(least.map((value) => expect.closeTo(value, 7)));
    expect([...found.maximum]).toEqual(most.map((value) => expect.closeTo(value, 7)));
  });

  test("deletions, and edits of what energy and concentrations may be", async () => {
    const model = read(10);
    const { wildType, deletions } = await singleDeletions(model);
    expect([wildType, deletions[0]?.objective]).toEqual([expect.closeTo(10, 9), expect.closeTo(5, 9)]);
    const narrow = bounded(model, model.bounds, "LC_b", Math.log(1e-3), Math.log(1e-2));
    expect(await fba(model, narrow)).toMatchObject({ objective: expect.closeTo(5, 9) });
    const demanded = await fba(model, bounded(model, narrow, "GROW", 7, 1000));
    expect(demanded).toMatchObject({
      status: "infeasible",
      message: expect.stringMatching(/LC_a <= -4.60517 \(short by 1.697\) can't be met with any choice of directions/),
    });
  });

  test("every variable and constraint is there, with its bounds and type", () => {
    const model = read(10);
    const index = (id: string) => model.reactionIndex.get(id) ?? -1;
    const written = thermodynamicModel(10);
    for (const { name, kind, lb, ub, type } of written.variables) {
      const j = index(name);
      expect(model.reactions[j]).toMatchObject({ auxiliary: true, kind });
      expect([model.bounds.lower[j], model.bounds.upper[j], model.integer?.[j]]).toEqual([
        lb,
        ub,
        type === "binary" ? 1 : 0,
      ]);
    }
    for (const { name, kind, lb, ub } of written.constraints) {
      const row = model.metabolites.find((m) => m.auxiliary && m.id === name);
      expect(row?.name).toBe(kind);
      const j = index(written.variables.some((one) => one.name === name) ? `constraint:${name}` : name);
      expect([model.bounds.lower[j], model.bounds.upper[j]]).toEqual([lb ?? Number.NEGATIVE_INFINITY, ub]);
    }
    expect(model.remarks).toBeUndefined();
  });

  test("the border and dead ends are those of the network", async () => {
    const model = read(10);
    const solution = await fba(model);
    if (solution.status !== "optimal") throw new Error(solution.message);
    expect(borderSummary(model, solution.fluxes).uptake).toMatchObject([{ rate: expect.closeTo(10, 9) }]);
    expect(deadEnds(model)).toEqual([]);
    expect(await blockedReactions(model)).toEqual([]);
  });
});

describe("what whole numbers leave without an answer is refused by name", () => {
  const cases: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["a table of prices", () => prices(read(10))],
    ["a sequence of objectives", () => lexicographic(read(10), [])],
    ["sampling", () => sampleFluxes(read(10), 4)],
    ["moma", () => mutantFluxes(read(10), read(10).bounds, "moma")],
    ["loopless analysis", () => variability(read(10), { loopless: true })],
  ];
  test.each(cases)("%s", async (name, run) => {
    await expect(run()).rejects.toThrow(`${name} of a model with whole-number variables ('FU_good') is not supported`);
  });
});
