import { expect, test } from "vitest";
import { pfba } from "../../../src/metabolism/balance/fba.ts";
import { bounded, metaboliteAt, reactionAt } from "../../../src/metabolism/model/edits.ts";
import { borderSummary, carbonOf, equationOf, metaboliteSummary } from "../../../src/metabolism/model/flux-summary.ts";
import { ruleText } from "../../../src/metabolism/model/gene-rule.ts";
import { core } from "../../support/flux-models.ts";

const model = core();
const idsOf = (rates: readonly { readonly reaction: number }[]) =>
  rates.map(({ reaction }) => model.reactions[reaction]?.id);

async function solved(): Promise<Float64Array> {
  const solution = await pfba(model);
  if (solution.status !== "optimal") throw new Error(solution.message);
  return solution.fluxes;
}

// The numbers are those of COBRApy 0.32's summaries of e_coli_core.
test("what crosses the border", async () => {
  const { uptake, secretion, unused } = borderSummary(model, await solved());
  expect(idsOf(uptake)).toEqual(["EX_o2_e", "EX_glc__D_e", "EX_nh4_e", "EX_pi_e"]);
  expect(uptake.map(({ rate }) => rate)).toEqual([21.8, 10, 4.765, 3.215].map((rate) => expect.closeTo(rate, 2)));
  expect(idsOf(secretion)).toEqual(["EX_h2o_e", "EX_co2_e", "EX_h_e"]);
  expect(secretion[1]?.rate).toBeCloseTo(-22.81, 2);
  expect(idsOf(unused)).toEqual(expect.arrayContaining(["EX_co2_e", "EX_h_e", "EX_h2o_e"]));
  expect(uptake.map(({ metabolite }) => carbonOf(model, metabolite))).toEqual([0, 6, 0, 0]);
});

test("what makes and uses a metabolite, in balance", async () => {
  const { producing, consuming } = metaboliteSummary(model, metaboliteAt(model, "atp_c"), await solved());
  expect(idsOf(producing)).toEqual(["ATPS4r", "PGK", "SUCOAS", "PYK"]);
  expect(producing.map(({ rate }) => rate)).toEqual(
    [45.51, 16.02, 5.064, 1.758].map((rate) => expect.closeTo(rate, 2)),
  );
  const sum = [...producing, ...consuming].reduce((total, { rate }) => total + rate, 0);
  expect(sum).toBeCloseTo(0, 6);
});

test("equations and rules as text", () => {
  const pfk = reactionAt(model, "PFK");
  expect(equationOf(model, pfk)).toBe("atp_c + f6p_c --> adp_c + fdp_c + h_c");
  expect(equationOf(model, reactionAt(model, "ATPS4r"))).toBe("adp_c + 4 h_e + pi_c <=> atp_c + 3 h_c + h2o_c");
  expect(equationOf(model, pfk, bounded(model, model.bounds, "PFK", -5, 0))).toContain(" <-- ");
  expect(equationOf(model, reactionAt(model, "EX_ac_e"))).toBe("ac_e -->");
  const rule = model.reactions[reactionAt(model, "ATPM")]?.rule;
  expect(rule).toBeUndefined();
  const genes = [{ id: "a" }, { id: "b" }, { id: "c" }];
  const gene = (k: number) => ({ kind: "gene", gene: k }) as const;
  expect(ruleText({ kind: "or", of: [{ kind: "and", of: [gene(0), gene(1)] }, gene(2)] }, genes)).toBe(
    "(a and b) or c",
  );
});
