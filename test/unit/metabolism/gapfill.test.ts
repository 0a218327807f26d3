import { describe, expect, test } from "vitest";
import { gapfill } from "../../../src/metabolism/balance/gapfill.ts";
import type { FluxModel } from "../../../src/metabolism/model/flux-model.ts";
import { indexById } from "../../../src/metabolism/model/flux-model.ts";
import { matrixBuilder } from "../../../src/metabolism/model/program.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

const model = core();

/** A model without some of its reactions. */
function without(full: FluxModel, gone: ReadonlySet<string>): FluxModel {
  const kept = [...full.reactions.keys()].filter((j) => !gone.has(full.reactions[j]?.id ?? ""));
  const reactions = kept.flatMap((j) => full.reactions[j] ?? []);
  const pick = (values: Float64Array) => Float64Array.from(kept, (j) => values[j] ?? 0);
  const { starts, rows, values, rowCount } = full.stoichiometry;
  const builder = matrixBuilder(rowCount);
  for (const j of kept) {
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) builder.entry(rows[k] ?? 0, values[k] ?? 0);
    builder.end();
  }
  return {
    ...full,
    reactions,
    stoichiometry: builder.matrix(),
    bounds: { lower: pick(full.bounds.lower), upper: pick(full.bounds.upper) },
    objective: pick(full.objective),
    reactionIndex: indexById(reactions),
  };
}

describe("gap filling", () => {
  test("the core model without ENO, GAPD and PGI: COBRApy 0.32.1's gapfill needs two of them", async () => {
    const poor = without(model, new Set(["ENO", "GAPD", "PGI"]));
    const { fillings } = await gapfill(poor, { universal: model, count: 2 });
    expect(fillings).toHaveLength(1);
    expect(fillings[0]?.reactions.toSorted()).toEqual(["ENO", "GAPD"]);
    expect(fillings[0]?.objective).toBeCloseTo(0.86315955, 7);
  });

  const line = () => tiny("in: -> a [0, 10]\n out*: c -> [0, 10]\n ab: a -> b [0, 10]");
  const others = tiny("bc: b -> c [0, 10]\n ad: a -> d [0, 10]\n dc: d -> c [0, 10]\n zz*: z -> [0, 1]");

  test("all sets, cheapest first, none of them a superset of one before", async () => {
    const { fillings } = await gapfill(line(), { universal: others, count: 9 });
    expect(fillings.map(({ reactions }) => reactions)).toEqual([["bc"], ["ad", "dc"]]);
  });

  test("uptakes are dear; nothing is added where nothing is needed, and nothing helps where nothing can", async () => {
    const { fillings } = await gapfill(line(), { exchanges: true });
    expect(fillings).toEqual([{ reactions: ["EX_c"], price: 100, objective: 10 }]);
    expect((await gapfill(model, {})).fillings).toMatchObject([{ reactions: [], price: 0 }]);
    expect((await gapfill(line(), {})).fillings).toEqual([]);
  });
});
