import { describe, expect, test } from "vitest";
import { fba, pfba } from "../../../src/metabolism/balance/fba.ts";
import { limitByExpression } from "../../../src/metabolism/limits/expression-limits.ts";
import { withProteinPool } from "../../../src/metabolism/limits/protein-pool.ts";
import { knockout } from "../../../src/metabolism/model/edits.ts";
import { balance } from "../../../src/metabolism/model/flux-model.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

/** a becomes b by a complex of g1 and g2, or by g3. */
const branches = tiny(`
  EX_a: a -> [-10, 1000]
  BOTH: a -> b [-1000, 1000] g1 and g2
  OTHER: a -> b [0, 1000] g3
  GROW*: b -> [0, 1000]`);

const expressionOf = (values: Readonly<Record<string, number>>, model = branches) =>
  Float64Array.from(model.genes, ({ id }) => values[id] ?? Number.NaN);

async function growth(...[model, bounds]: Parameters<typeof fba>): Promise<number> {
  const solution = await fba(model, bounds);
  return solution.status === "optimal" ? solution.objective : Number.NaN;
}

describe("limits from expression", () => {
  test("E-Flux: a complex has its scarcest subunit, isoenzymes add up, the scale is the optimum's", async () => {
    const { bounds, limited } = await limitByExpression(branches, expressionOf({ g1: 2, g2: 4, g3: 1 }), { scale: 4 });
    expect(limited).toEqual([1, 2]);
    expect([...bounds.upper]).toEqual([1000, 4, 2, 1000]);
    expect([...bounds.lower]).toEqual([-10, -4, 0, 0]);
    expect(await growth(branches, bounds)).toBeCloseTo(6, 12);
    const own = await limitByExpression(branches, expressionOf({ g1: 1, g2: 4, g3: 4 }));
    expect([...own.bounds.upper]).toEqual([1000, 2.5, 10, 1000]);
  });

  test("isoenzymes in one rule add up; genes without data don't limit", async () => {
    const model = tiny("EX_a: a -> [-10, 1000]\nANY: a -> b [0, 1000] g1 or g2\nALL*: b -> [0, 1000] g3 and g4");
    const limits = (values: Readonly<Record<string, number>>) =>
      limitByExpression(model, expressionOf(values, model), { scale: 1 });
    expect([...(await limits({ g1: 1, g2: 3, g3: 8, g4: 2 })).bounds.upper]).toEqual([1000, 1, 0.5, 1000].slice(0, 3));
    expect((await limits({ g1: 1, g3: 8 })).limited).toEqual([2]);
    expect((await limits({})).limited).toEqual([]);
  });

  test("relative to a reference: no change leaves growth, half of a bottleneck halves it", async () => {
    const all = expressionOf({ g1: 1, g2: 1, g3: 1 });
    const tight = { kind: "relative", margin: 1, floor: 0 } as const;
    expect(await growth(branches, (await limitByExpression(branches, all, tight)).bounds)).toBeCloseTo(10, 12);
    const half = await limitByExpression(branches, expressionOf({ g1: 0.5, g2: 1, g3: 0.5 }), tight);
    expect(await growth(branches, half.bounds)).toBeCloseTo(5, 12);
  });

  test("what isn't an amount is refused by name", async () => {
    await expect(limitByExpression(branches, expressionOf({ g1: -2 }))).rejects.toThrow("expression of 'g1' is -2");
    await expect(limitByExpression(branches, expressionOf({ g2: Number.POSITIVE_INFINITY }))).rejects.toThrow("'g2'");
  });
});

describe("a protein pool", () => {
  // 36 kDa and 100/s: 1e-4 g h/mmol.
  const turnover = (reaction: string, kcat = 100) => ({ reaction, kcat, mass: 36 });

  test("the cheaper enzyme takes all of it", async () => {
    const { model, bounds, net } = withProteinPool(branches, [turnover("BOTH"), turnover("OTHER", 50)], 5e-4);
    const solution = await pfba(model, bounds);
    if (solution.status !== "optimal") throw new Error(solution.message);
    expect(solution.objective).toBeCloseTo(5, 9);
    expect([...net(solution.fluxes)]).toEqual([-5, 5, 0, 5].map((v) => expect.closeTo(v, 9)));
    expect(balance(branches, net(solution.fluxes)).every((gained) => Math.abs(gained) < 1e-9)).toBe(true);
    expect(await growth(model, knockout(model, ["g1"], bounds))).toBeCloseTo(2.5, 9);
  });

  test("running backward costs protein too", async () => {
    const model = tiny(
      "EX_a: a -> [0, 1000]\nBACK: b -> a [-1000, 1000] g1\nEX_b: b -> [-10, 1000]\nGROW*: c -> [0, 9]",
    );
    const turned = { ...model, objective: Float64Array.of(0, 0, 1, 0) };
    const open = { lower: model.bounds.lower.slice(), upper: model.bounds.upper.slice() };
    open.lower[0] = -10;
    const pooled = withProteinPool(turned, [{ reaction: "BACK", kcat: 1, reverse: 100, mass: 36 }], 3e-4, open);
    const solution = await fba(pooled.model, pooled.bounds);
    if (solution.status !== "optimal") throw new Error(solution.message);
    expect(solution.objective).toBeCloseTo(3, 9);
    expect(pooled.net(solution.fluxes)[1]).toBeCloseTo(-3, 9);
  });

  test("growth of the core model falls in proportion to a pool that is all that limits", async () => {
    const model = core();
    const turnovers = model.reactions.flatMap(({ id, rule }) => (rule === undefined ? [] : [turnover(id, 65)]));
    const at = async (pool: number) => {
      const { model: pooled, bounds } = withProteinPool(model, turnovers, pool);
      const free = { lower: bounds.lower.slice(), upper: bounds.upper };
      free.lower[pooled.reactionIndex.get("ATPM") ?? 0] = 0;
      return growth(pooled, free);
    };
    const [little, twice] = [await at(0.005), await at(0.01)];
    expect(little).toBeGreaterThan(0.01);
    expect(twice / little).toBeCloseTo(2, 6);
    expect(await at(10)).toBeCloseTo(await growth(model, freeMaintenance(model)), 6);
  });

  test.each([
    [[turnover("BOTTH")], 1, "no reaction 'BOTTH'"],
    [[turnover("BOTH", 0)], 1, "turnover number of 'BOTH' is 0"],
    [[turnover("BOTH"), turnover("BOTH")], 1, "'BOTH' has two turnover numbers"],
    [[{ ...turnover("BOTH"), mass: Number.NaN }], 1, "mass of the enzyme of 'BOTH' is NaN"],
    [[turnover("BOTH")], -1, "the protein pool is -1"],
  ])("%#: refused by name", (turnovers, pool, message) => {
    expect(() => withProteinPool(branches, turnovers, pool)).toThrow(message);
  });

  test("a model that has enzyme costs of its own just works, and isn't given others", async () => {
    const own = tiny(`
      EX_a: a -> [-10, 1000]
      MAKE: a + 0.1 protein_pool -> b [0, 1000] g1
      protein_pool_supply: -> protein_pool [0, 0.5]
      GROW*: b -> [0, 1000]`);
    expect(await growth(own)).toBeCloseTo(5, 12);
    expect(() => withProteinPool(own, [turnover("MAKE")], 1)).toThrow("has a 'protein_pool' already");
  });
});

function freeMaintenance(model: ReturnType<typeof core>) {
  const lower = model.bounds.lower.slice();
  lower[model.reactionIndex.get("ATPM") ?? 0] = 0;
  return { lower, upper: model.bounds.upper };
}
