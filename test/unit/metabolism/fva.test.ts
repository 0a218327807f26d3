import { describe, expect, test } from "vitest";
import { type VariabilityOptions, variability } from "../../../src/metabolism/balance/fva.ts";
import { reactionAt } from "../../../src/metabolism/model/edits.ts";
import type { FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

async function ranges(model: FluxModel, options: VariabilityOptions = {}) {
  const found = await variability(model, options);
  if (found.status !== "optimal") throw new Error(found.message);
  const range = (id: string) => {
    const k = found.reactions.indexOf(reactionAt(model, id));
    return [found.minimum[k], found.maximum[k]];
  };
  const sum = (values: Float64Array) => values.reduce((total, v) => total + v, 0);
  return { ...found, range, sums: [sum(found.minimum), sum(found.maximum)] };
}

describe("flux variability", () => {
  const branched = tiny(`in: -> a [0, 10]
    x: a -> b [0, 6]
    y: a -> b [0, 7]
    round: b -> a [0, 4]
    out*: b -> [0, 1000]`);

  test("of two branches and a way back", async () => {
    const { range, objective } = await ranges(branched);
    expect(objective).toBe(10);
    expect([range("x"), range("y"), range("round"), range("out")]).toEqual([
      [3, 6],
      [4, 7],
      [0, 3],
      [10, 10],
    ]);
  });

  test("without circles nothing runs backwards", async () => {
    const { range } = await ranges(branched, { loopless: true });
    expect(range("round")).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)]);
    expect(range("x").map((v) => Number(v?.toFixed(9)))).toEqual([3, 6]);
  });

  test("of a share of the optimum, and of some reactions only", async () => {
    const { range, reactions } = await ranges(branched, { fraction: 0.5, reactions: ["out", "x"] });
    expect([...reactions]).toEqual([4, 1]);
    expect(range("out")).toEqual([5, 10]);
  });

  test("of the core model at 90 % of growth: COBRApy 0.32.1's sums", async () => {
    const { sums } = await ranges(core(), { fraction: 0.9 });
    expect(sums).toEqual([expect.closeTo(-50.167687259, 6), expect.closeTo(2975.092343713, 6)]);
  });

  test("without circles: the sums of COBRApy 0.32.1 with loopless='fastSNP'", async () => {
    const { sums, range } = await ranges(core(), { fraction: 0.9, loopless: true });
    expect(sums).toEqual([expect.closeTo(-50.167687259, 6), expect.closeTo(983.651191462, 6)]);
    expect(range("FRD7")[1]).toBeCloseTo(0.51291416974, 7);
    expect(range("SUCDi")[1]).toBeCloseTo(8.04593357871, 7);
  });

  test("says what is wrong with a fraction or a medium", async () => {
    await expect(variability(branched, { fraction: 1.5 })).rejects.toThrow("must be 0 to 1, got 1.5");
    const starved = await variability(tiny("in: -> a [0, 1]\n need: a -> [2, 5]\n out*: a -> [0, 1]"));
    expect(starved.status).toBe("infeasible");
  });
});
