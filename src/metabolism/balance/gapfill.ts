import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LinearProgram, LpRuntime } from "../../numerics/programs/lp.ts";
import { closed } from "../model/edits.ts";
import { type FluxBounds, type FluxModel, requireNoConstraints } from "../model/flux-model.ts";
import { type AddedReaction, merged } from "../model/merge.ts";
import { fluxWeights, matrixBuilder, withSums } from "../model/program.ts";
import { fba, requireObjective } from "./fba.ts";

export interface GapfillOptions {
  readonly bounds?: FluxBounds;
  /** Reactions that may be added: all of this model that the other doesn't have, with their bounds. */
  readonly universal?: FluxModel;
  /** Least value of the objective; 0.05 where absent. */
  readonly objective?: number;
  /** May add an uptake of any metabolite, at 100 times the price of a reaction. */
  readonly exchanges?: boolean;
  /** May add an outlet of any metabolite, at the price of a reaction. */
  readonly demands?: boolean;
  /** How many different sets to look for, cheapest first; 1 where absent. */
  readonly count?: number;
}

/** A set of reactions with which the objective reaches its value. */
export interface Filling {
  readonly reactions: readonly string[];
  /** What the set costs: 1 a reaction or demand, 100 an exchange. */
  readonly price: number;
  /** The largest objective with it. */
  readonly objective: number;
}

export interface Fillings {
  /** The model with everything that might have been added, so that a filling's reactions can be looked up. */
  readonly model: FluxModel;
  /** Cheapest first; none where nothing helps, one that is empty where nothing is needed. */
  readonly fillings: readonly Filling[];
}

const PRICE = { reaction: 1, exchange: 100 } as const;
/** Bound of what is added without one of its own, mmol gDW^-1 h^-1. */
const LARGE = 1000;

/**
 * The cheapest sets of reactions that let a model reach an objective (gap filling). Exact: a mixed-integer program, whose
 * answers are checked by flux balance; between equals reaction ids decide.
 * @throws CellweaveError for a model without an objective or with constraints beside its mass balances
 * @see doi:10.1186/1471-2105-8-212
 */
export async function gapfill(
  model: FluxModel,
  { bounds = model.bounds, universal, objective = 0.05, exchanges, demands, count = 1 }: GapfillOptions,
): Promise<Fillings> {
  requireObjective(model);
  if (model.sense === "minimize")
    throw new CellweaveError("metabolism/gapfill", `model '${model.id}' minimises its objective`, {
      hint: "name one that is to be reached: --objective with the id of its biomass reaction",
    });
  for (const one of [model, ...(universal === undefined ? [] : [universal])]) requireNoConstraints(one, "gap filling");
  const base = merged({ ...model, bounds }, universal);
  const filled = merged(base, undefined, [
    ...(demands === true ? boundaries(base, "DM") : []),
    ...(exchanges === true ? boundaries(base, "EX") : []),
  ]);
  const runtime = await loadLp();
  const fillings: Filling[] = [];
  const before: number[][] = [];
  while (fillings.length < count) {
    const set = cheapest(runtime, filled, model.reactions.length, objective, before);
    if (set === undefined) break;
    const { filling, reached } = await checked(filled, model.reactions.length, set);
    if (!(reached >= objective * (1 - 1e-6)))
      throw new CellweaveError("metabolism/gapfill", "the solver's answer doesn't hold", {
        kind: "solver",
        hint: "ask for a larger objective, or give reactions narrower bounds",
      });
    fillings.push(filling);
    before.push(set);
    if (set.length === 0) break;
  }
  return { model: filled, fillings };
}

/** Uptakes or outlets of every metabolite that has none of the kind. */
function boundaries({ metabolites }: FluxModel, kind: "EX" | "DM"): AddedReaction[] {
  return metabolites.map(({ id }) => ({
    id: `${kind}_${id}`,
    metabolites: new Map([[id, -1]]),
    lower: kind === "EX" ? -LARGE : 0,
    upper: kind === "EX" ? 0 : LARGE,
  }));
}

function priceOf(id: string, boundary: boolean): number {
  return boundary && id.startsWith("EX_") ? PRICE.exchange : PRICE.reaction;
}

/** Columns v, then a switch for each reaction from `first` on; rows S v = 0, the objective, lb z <= v <= ub z, sets left out. */
function cheapest(
  runtime: LpRuntime,
  model: FluxModel,
  first: number,
  objective: number,
  before: readonly (readonly number[])[],
): number[] | undefined {
  const session = runtime.open(switches(model, first, objective, before));
  try {
    const status = session.solve();
    if (status === "infeasible") return undefined;
    if (status !== "optimal")
      throw new CellweaveError("metabolism/gapfill", `the search ended as '${status}'`, { kind: "solver" });
    const { values } = session.point();
    const n = model.reactions.length;
    return Array.from({ length: n - first }, (_, k) => first + k).filter((j) => (values[n + j - first] ?? 0) > 0.5);
  } finally {
    session.dispose();
  }
}

function switches(
  model: FluxModel,
  first: number,
  objective: number,
  before: readonly (readonly number[])[],
): LinearProgram {
  const n = model.reactions.length;
  const m = model.metabolites.length;
  const added = model.reactions.slice(first);
  const limit = (b = 0) => (Number.isFinite(b) ? b : Math.sign(b) * LARGE);
  const lower = model.bounds.lower.map((b, j) => (j < first ? b : Math.min(0, limit(b))));
  const upper = model.bounds.upper.map((b, j) => (j < first ? b : Math.max(0, limit(b))));
  const builder = matrixBuilder(m + 1 + 2 * added.length);
  for (let j = 0; j < n; j++) {
    builder.column(model.stoichiometry, j);
    builder.entry(m, model.objective[j] ?? 0);
    if (j >= first) for (const row of [0, 1]) builder.entry(m + 1 + 2 * (j - first) + row, 1);
    builder.end();
  }
  added.forEach((_, k) => {
    builder.entry(m + 1 + 2 * k, -(upper[first + k] ?? 0));
    builder.entry(m + 2 + 2 * k, -(lower[first + k] ?? 0));
    builder.end();
  });
  const weights = fluxWeights(model);
  const prices = added.map(({ id, boundary }, k) => priceOf(id, boundary) * (weights[first + k] ?? 1));
  return {
    sense: "minimize",
    matrix: withSums(
      builder.matrix(),
      before.map((set) => set.map((j) => n + j - first)),
    ),
    cost: Float64Array.of(...new Float64Array(n), ...prices),
    lower: Float64Array.of(...lower, ...added.map(() => 0)),
    upper: Float64Array.of(...upper, ...added.map(() => 1)),
    rowLower: Float64Array.of(
      ...new Float64Array(m),
      objective,
      ...added.flatMap(() => [-Infinity, 0]),
      ...before.map(() => -Infinity),
    ),
    rowUpper: Float64Array.of(
      ...new Float64Array(m),
      Infinity,
      ...added.flatMap(() => [0, Infinity]),
      ...before.map((set) => set.length - 1),
    ),
    integer: Uint8Array.from({ length: n + added.length }, (_, c) => (c < n ? 0 : 1)),
  };
}

/** The objective that flux balance finds with a set. */
async function checked(model: FluxModel, first: number, set: readonly number[]) {
  const chosen = new Set(set);
  const others = [...model.reactions.keys()].filter((j) => j >= first && !chosen.has(j));
  const solution = await fba(model, closed(model.bounds, others));
  const reached = solution.status === "optimal" ? solution.objective : Number.NaN;
  const price = set.reduce(
    (sum, j) => sum + priceOf(model.reactions[j]?.id ?? "", model.reactions[j]?.boundary === true),
    0,
  );
  return { filling: { reactions: set.map((j) => model.reactions[j]?.id ?? ""), price, objective: reached }, reached };
}
