import { describe, expect, test } from "vitest";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { bounded } from "../../../src/metabolism/model/edits.ts";
import { withMedium } from "../../../src/metabolism/model/medium-bounds.ts";
import { fluxModelFromJson } from "../../../src/metabolism/read/read-cobra-json.ts";
import { core } from "../../support/flux-models.ts";

const model = core();
const on = (medium: Record<string, number>, bounds = model.bounds) =>
  withMedium(model, bounds, new Map(Object.entries(medium)));
const FRUCTOSE = { EX_fru_e: 8, EX_o2_e: 15, EX_nh4_e: 1000, EX_pi_e: Number.POSITIVE_INFINITY };

describe("a medium", () => {
  test("limits what it names and closes all other uptakes; COBRApy's model.medium gives the same growth", async () => {
    expect(await fba(model, on(FRUCTOSE))).toMatchObject({ objective: expect.closeTo(0.6260160901, 8) });
    const { lower, upper } = on(FRUCTOSE);
    const glucose = model.reactionIndex.get("EX_glc__D_e") ?? -1;
    expect([lower[glucose], upper[glucose]]).toEqual([0, 1000]);
    expect(lower[model.reactionIndex.get("EX_pi_e") ?? -1]).toBe(Number.NEGATIVE_INFINITY);
    expect(model.bounds.lower[glucose]).toBe(-10);
  });

  test("leaves sinks inside the cell, and knows exchanges written as supply", () => {
    const reaction = (id: string, metabolite: string, coefficient: number) => {
      return { id, metabolites: { [metabolite]: coefficient }, lower_bound: -5, upper_bound: 5 };
    };
    const supplied = fluxModelFromJson(
      JSON.stringify({
        metabolites: ["a_e", "b_e", "pool_c"].map((id) => ({ id, compartment: id.slice(-1) })),
        reactions: [reaction("EX_a", "a_e", -1), reaction("IN_b", "b_e", 1), reaction("SK_pool", "pool_c", -1)],
        genes: [],
      }),
    );
    const { lower, upper } = withMedium(supplied, supplied.bounds, new Map([["IN_b", 2]]));
    expect([...lower]).toEqual([0, -5, -5]);
    expect([...upper]).toEqual([5, 2, 5]);
  });

  test("refuses what is no exchange, no amount, or less than has to be taken up", () => {
    expect(() => on({ PFK: 2 })).toThrow("'PFK' is no exchange of one metabolite");
    expect(() => on({ EX_ac_e: -2 })).toThrow("the uptake of 'EX_ac_e' is -2");
    expect(() => on({ EX_acc_e: 2 })).toThrow("no reaction 'EX_acc_e'");
    const forced = bounded(model, model.bounds, "EX_glc__D_e", -10, -4);
    expect(() => on({ EX_o2_e: 2 }, forced)).toThrow("'EX_glc__D_e' has to take up more than 0");
  });
});
