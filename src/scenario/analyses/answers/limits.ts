import { minimalMedium } from "../../../metabolism/balance/minimal-medium.ts";
import { prices } from "../../../metabolism/balance/prices.ts";
import { checkBalance } from "../../../metabolism/model/check-balance.ts";
import { blockedReactions, deadEnds } from "../../../metabolism/model/structure.ts";
import type { AnalysisRow, Answering } from "../analysis.ts";
import { NONE, valueRows, without } from "./rows.ts";

function pricesOf(of: "metabolites" | "reactions"): Answering {
  return async (_, { model, bounds }) => {
    const found = await prices(model, bounds);
    if (found.status !== "optimal") return without(found.status, found.message);
    return { status: found.status, objective: found.objective, rows: valueRows(model[of], found[of]) };
  };
}

/** Uptake counted as no limit where a pool sets none, mmol gDW^-1 h^-1. */
const PLENTY = 1000;

const medium: Answering = async ({ growth, fewest }, { model, bounds: { lower, upper } }) => {
  const bounds = { lower: lower.map((b) => Math.max(b, -PLENTY)), upper: upper.map((b) => Math.min(b, PLENTY)) };
  const found = await minimalMedium(model, { bounds, objective: growth, fewest });
  if (found === undefined) return without("infeasible", `no medium within the bounds gives a growth of ${growth}`);
  const rows = [...found].map(([subject, value]): AnalysisRow => ({ ...NONE, subject, status: "optimal", value }));
  return { status: "optimal", objective: growth, rows };
};

const blocked: Answering = async (_, { model, bounds }) => {
  const found = await blockedReactions(model, { bounds });
  if (found === undefined) return without("infeasible", "no steady state is possible within the bounds");
  return listed(found.map((j) => ({ subject: model.reactions[j]?.id ?? "", status: "blocked" })));
};

const ends: Answering = async (_, { model, bounds }) =>
  listed(deadEnds(model, bounds).map(({ metabolite, kind }) => ({ subject: metabolite, status: kind })));

const unbalanced: Answering = async (_, { model }) =>
  listed(
    checkBalance(model).imbalances.map(({ reaction, made }) => ({
      subject: reaction,
      status: `makes ${[...made].map(([element, n]) => `${element} ${Number(n.toPrecision(6))}`).join(", ")}`,
    })),
  );

/** Findings without numbers. */
function listed(found: readonly Pick<AnalysisRow, "subject" | "status">[]) {
  return { status: "optimal", objective: Number.NaN, rows: found.map((row): AnalysisRow => ({ ...NONE, ...row })) };
}

/** Questions for what limits the cell: prices, nutrients, and what is amiss in the network. */
export const LIMITS = new Map<string, Answering>([
  ["shadow-prices", pricesOf("metabolites")],
  ["reduced-costs", pricesOf("reactions")],
  ["medium", medium],
  ["blocked", blocked],
  ["dead-ends", ends],
  ["balance", unbalanced],
]);
