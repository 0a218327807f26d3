import { describe, expect, test } from "vitest";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { bounded, knockout } from "../../../src/metabolism/model/edits.ts";
import { fluxModelFromJson } from "../../../src/metabolism/read/read-cobra-json.ts";
import { cobraJson } from "../../../src/metabolism/read/write-cobra-json.ts";
import { core } from "../../support/flux-models.ts";
import { tiny } from "../../support/line-model.ts";

describe("a model as COBRA JSON", () => {
  test("read again it is the same model, with the bounds it was written with", async () => {
    const model = core();
    const bounds = bounded(model, knockout(model, ["pgi"]), "EX_o2_e", -5, 1000);
    const again = fluxModelFromJson(cobraJson(model, bounds));
    expect(again.bounds).toEqual(bounds);
    expect(again.stoichiometry).toEqual(model.stoichiometry);
    expect(again.metabolites).toEqual(model.metabolites);
    expect(again.genes).toEqual(model.genes);
    expect(again.reactions.map(({ id, name, rule, boundary }) => [id, name, rule, boundary])).toEqual(
      model.reactions.map(({ id, name, rule, boundary }) => [id, name, rule, boundary]),
    );
    const [before, after] = [await fba(model, bounds), await fba(again)];
    if (before.status !== "optimal" || after.status !== "optimal") throw new Error("no optimum");
    expect(after.objective).toBeCloseTo(before.objective, 12);
  });

  test("bounds without limit; what the format can't say is refused", () => {
    const open = tiny("in: -> a [0, INF]\n out*: a -> [-INF, 10]");
    expect(fluxModelFromJson(cobraJson(open)).bounds).toEqual(open.bounds);
    expect(() => cobraJson({ ...open, sense: "minimize" })).toThrow("can't say that an objective is minimised");
  });
});
