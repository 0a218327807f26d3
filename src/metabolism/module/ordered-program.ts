import type { LinearProgram, LpSession, LpStatus } from "../../numerics/programs/lp.ts";
import { NO_COST, type OrderedCosts } from "../../numerics/programs/vertex.ts";
import type { Goal } from "../balance/lexicographic.ts";
import { fluxWeights, splitBounds, splitColumns, withColumn, withRow } from "../model/program.ts";
import { overChains, type SubModel } from "../presolve/sub-model.ts";

/** What the fluxes of a metabolic module are for, by reaction of the full model. */
export interface Aims {
  readonly growth: number;
  /** The reaction with a demand that may be fallen short of. */
  readonly maintenance: number | undefined;
  /** After growth, one after the other. */
  readonly goals: readonly { readonly reaction: number; readonly sense: Goal["sense"] }[];
}

/**
 * Prices of the one linear program that stands for three in order: least maintenance shortfall, most growth, least
 * total flux. They are exact where a unit of growth never costs more than `growth` units of flux, and a unit of
 * maintenance never buys more than `shortfall / growth` of growth; in the core model the dearest are about 10^3 and 0.02.
 */
const PRICE = { growth: 1e5, shortfall: 1e6 } as const;

/**
 * Split fluxes of the chains, then the shortfall; mass balances, then the maintenance demand. Without goals one
 * objective of prices; with them least shortfall, most growth, each goal, least total flux, in order and without prices.
 */
export function orderedProgram(sub: SubModel, aims: Aims): LinearProgram & OrderedCosts {
  const { model, chain, factor } = sub;
  const n = model.reactions.length;
  const demand = new Float64Array(n);
  const at = aims.maintenance === undefined ? -1 : (chain[aims.maintenance] ?? -1);
  if (at >= 0) demand[at] = factor[aims.maintenance ?? -1] ?? 0;
  const rows = model.metabolites.length + 1;
  const split = splitBounds(model.bounds);
  const rowLower = new Float64Array(rows);
  const rowUpper = new Float64Array(rows);
  rowLower[rows - 1] = Number.NEGATIVE_INFINITY;
  rowUpper[rows - 1] = Number.POSITIVE_INFINITY;
  const [cost = new Float64Array(2 * n + 1), ...next] = costsOf(sub, aims);
  return {
    sense: "maximize",
    matrix: withColumn(splitColumns(withRow(model.stoichiometry, demand)), [rows - 1], [1]),
    ...{ cost, next },
    lower: Float64Array.of(...split.lower, 0),
    upper: Float64Array.of(...split.upper, Number.POSITIVE_INFINITY),
    rowLower,
    rowUpper,
  };
}

function costsOf(sub: SubModel, { growth, goals }: Aims): Float64Array[] {
  const { chain, factor, model } = sub;
  const shortfall = 2 * model.reactions.length;
  const none = () => new Float64Array(shortfall + 1);
  const weights = fluxWeights(sub.full);
  const total = overChains(sub, (j) => (weights[j] ?? 1) * Math.abs(factor[j] ?? 0));
  const leastFlux = none().map((_, k) => (k < shortfall ? -(total[k >> 1] ?? 0) : 0));
  const price = (costs: Float64Array, reaction: number, each: number): Float64Array => {
    const c = chain[reaction] ?? -1;
    if (c < 0) return costs;
    costs[2 * c] = (costs[2 * c] ?? 0) + each * (factor[reaction] ?? 0);
    costs[2 * c + 1] = (costs[2 * c + 1] ?? 0) - each * (factor[reaction] ?? 0);
    return costs;
  };
  if (goals.length === 0) return [price(leastFlux.with(shortfall, -PRICE.shortfall), growth, PRICE.growth)];
  return [
    none().with(shortfall, -1),
    price(none(), growth, 1),
    ...goals.map(({ reaction, sense }) => price(none(), reaction, sense === "maximize" ? 1 : -1)),
    leastFlux,
  ];
}

/**
 * Solves for one objective after the other. Each is held at its optimum by holding every column, and the last row, whose
 * reduced cost is more than `NO_COST` at its bound: a later objective takes less than that, per unit of flux, from an
 * earlier one. The session's bounds are changed; the basis at the end is one of the program as it was.
 * @param costs in order, to be maximised
 * @param proves as of `LpSession.solve`, for the first objective
 */
export function solveInOrder(
  session: LpSession,
  costs: readonly Float64Array[],
  { lower, upper }: { readonly lower: Float64Array; readonly upper: Float64Array },
  proves?: (ray: Float64Array) => boolean,
): LpStatus {
  const held = { lower: lower.slice(), upper: upper.slice() };
  for (const [k, cost] of costs.entries()) {
    session.setCosts(cost);
    const status = k === 0 ? session.solve(proves) : session.proceed();
    if (status !== "optimal" || k === costs.length - 1) return status;
    const { values, reducedCosts, rowValues, rowDuals } = session.point();
    reducedCosts.forEach((reduced, j) => {
      if (Math.abs(reduced) <= NO_COST) return;
      held.lower[j] = values[j] ?? 0;
      held.upper[j] = values[j] ?? 0;
    });
    session.setBounds(held.lower, held.upper);
    const last = session.rows - 1;
    const value = rowValues[last] ?? 0;
    if (Math.abs(rowDuals[last] ?? 0) > NO_COST) session.setRow(last, value, value);
  }
  return "failed";
}
