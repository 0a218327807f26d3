import { CellweaveError } from "../../errors.ts";
import { reactionAt } from "../model/edits.ts";
import {
  type FluxBounds,
  type FluxMetabolite,
  type FluxModel,
  type FluxReaction,
  indexById,
  requireContinuous,
} from "../model/flux-model.ts";
import { matrixBuilder } from "../model/program.ts";

/** What one reaction's enzyme can do and weighs. */
export interface Turnover {
  readonly reaction: string;
  /** Turnover number, 1/s. */
  readonly kcat: number;
  /** Of the backward direction, 1/s; `kcat` where absent. */
  readonly reverse?: number;
  /** Mass of the enzyme per active site, kDa (g/mmol). */
  readonly mass: number;
}

/** A model whose enzymes share a pool of protein. */
export interface PooledModel {
  readonly model: FluxModel;
  readonly bounds: FluxBounds;
  /** Fluxes of the model it was made of, from those of this one; shape [reactions of the first]. */
  net(fluxes: Float64Array): Float64Array;
}

const POOL = "protein_pool";
const SUPPLY = "protein_pool_supply";
const SECONDS = 3600;

/**
 * The model with a limit on enzyme mass: a flux v needs v mass / kcat of protein, and together they need no more than
 * the pool. Reactions with a cost that run backward too become two, `X` and `X_reverse`, so that the cost is of |v|.
 * Protein is a metabolite `protein_pool`, supplied by `protein_pool_supply`, as in models of the GECKO kind.
 * @param pool protein for the enzymes that have a turnover number, g/gDW (the enzymes' share times their saturation)
 * @throws CellweaveError for unknown reactions, ids that are taken, values that aren't positive and finite
 * @see doi:10.15252/msb.20167411 (GECKO); doi:10.1186/s12859-019-3329-9 (sMOMENT)
 */
export function withProteinPool(
  model: FluxModel,
  turnovers: readonly Turnover[],
  pool: number,
  bounds: FluxBounds = model.bounds,
): PooledModel {
  requireContinuous(
    model,
    "a protein pool",
    "turnover numbers would split reactions whose directions the model couples",
  );
  positive("the protein pool", pool, "g/gDW");
  const columns = costedColumns(model, costsOf(model, turnovers), bounds);
  const row = model.metabolites.length;
  const builder = matrixBuilder(row + 1);
  for (const { of, sign, cost } of columns) {
    builder.column(model.stoichiometry, of, sign);
    builder.entry(row, -cost);
    builder.end();
  }
  builder.entry(row, 1);
  builder.end();
  const supply = { id: SUPPLY, name: "protein for enzymes, g/gDW", rule: undefined, boundary: true };
  const reactions = [...columns.map(({ reaction }) => reaction), supply];
  const metabolites = [...model.metabolites, protein()];
  const limits = {
    lower: Float64Array.of(...columns.map(({ lower }) => lower), 0),
    upper: Float64Array.of(...columns.map(({ upper }) => upper), pool),
  };
  checkIds(model, reactions);
  return {
    model: {
      ...model,
      reactions,
      metabolites,
      stoichiometry: builder.matrix(),
      bounds: limits,
      objective: Float64Array.of(...columns.map(({ of, sign }) => sign * (model.objective[of] ?? 0)), 0),
      reactionIndex: indexById(reactions),
      metaboliteIndex: indexById(metabolites),
    },
    bounds: limits,
    net: (fluxes) => {
      const out = fluxes.slice(0, model.reactions.length);
      for (let k = out.length; k < columns.length; k++) {
        const of = columns[k]?.of ?? 0;
        out[of] = (out[of] ?? 0) - (fluxes[k] ?? 0);
      }
      return out;
    },
  };
}

/** One direction of a reaction, or all of it where its enzyme costs nothing. */
interface CostedColumn {
  readonly reaction: FluxReaction;
  /** Position in the model it was made of. */
  readonly of: number;
  /** -1 where it runs the reaction backward. */
  readonly sign: 1 | -1;
  /** Protein per flux, g h / mmol. */
  readonly cost: number;
  readonly lower: number;
  readonly upper: number;
}

/** The model's reactions in order, then the backward directions of those that have a cost and run backward too. */
function costedColumns(
  { reactions }: FluxModel,
  costs: ReturnType<typeof costsOf>,
  bounds: FluxBounds,
): CostedColumn[] {
  const backward: CostedColumn[] = [];
  const forward = reactions.map((reaction, of): CostedColumn => {
    const [lower, upper] = [bounds.lower[of] ?? 0, bounds.upper[of] ?? 0];
    const cost = costs.get(of);
    if (cost === undefined) return { reaction, of, sign: 1, cost: 0, lower, upper };
    if (lower < 0) {
      const ends = { lower: Math.max(0, -upper), upper: Math.max(0, -lower) };
      const reverse = { ...reaction, id: `${reaction.id}_reverse` };
      backward.push({ reaction: reverse, of, sign: -1, cost: cost.backward, ...ends });
    }
    return { reaction, of, sign: 1, cost: cost.forward, lower: Math.max(0, lower), upper: Math.max(0, upper) };
  });
  return [...forward, ...backward];
}

function protein(): FluxMetabolite {
  return { id: POOL, name: "protein", compartment: "", formula: undefined, charge: undefined };
}

/** g h / mmol of each reaction with a turnover number. */
function costsOf(model: FluxModel, turnovers: readonly Turnover[]) {
  const costs = new Map<number, { readonly forward: number; readonly backward: number }>();
  for (const { reaction, kcat, reverse = kcat, mass } of turnovers) {
    const j = reactionAt(model, reaction);
    if (costs.has(j)) throw new CellweaveError("metabolism/turnover", `'${reaction}' has two turnover numbers`);
    positive(`the turnover number of '${reaction}'`, kcat, "1/s");
    positive(`the backward turnover number of '${reaction}'`, reverse, "1/s");
    positive(`the mass of the enzyme of '${reaction}'`, mass, "kDa");
    costs.set(j, { forward: mass / (kcat * SECONDS), backward: mass / (reverse * SECONDS) });
  }
  return costs;
}

function positive(what: string, value: number, unit: string): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new CellweaveError("metabolism/turnover", `${what} is ${value}`, { hint: `give a positive number, ${unit}` });
}

function checkIds(model: FluxModel, reactions: readonly FluxReaction[]): void {
  const taken = new Set<string>(model.metaboliteIndex.has(POOL) ? [POOL] : []);
  const seen = new Set<string>();
  for (const { id } of reactions) (seen.has(id) ? taken : seen).add(id);
  const [first] = taken;
  if (first === undefined) return;
  throw new CellweaveError("metabolism/turnover", `model '${model.id}' has a '${first}' already`, {
    hint: "a model with protein costs of its own is used as it is, without turnover numbers",
  });
}
