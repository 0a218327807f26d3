import { CellweaveError } from "../../errors.ts";
import type { SparseColumns } from "../../numerics/programs/lp.ts";
import type { GeneRule } from "./gene-rule.ts";

export interface FluxReaction {
  /** BiGG id, without the `R_` of SBML files. */
  readonly id: string;
  readonly name: string | undefined;
  readonly rule: GeneRule | undefined;
  /** Has reactants or products only: metabolites come from or go to outside the model. */
  readonly boundary: boolean;
  /** No reaction: a sum of fluxes that a constraint of the model bounds, or a free parameter in one. */
  readonly auxiliary?: boolean;
  /** Takes whole numbers only: the use of a direction, say. */
  readonly integer?: boolean;
  /** What the file calls variables like this one, of an auxiliary column that is one. */
  readonly kind?: string;
  /** Line in the file, where it came from one. */
  readonly line?: number;
}

export interface FluxMetabolite {
  /** BiGG id, without the `M_` of SBML files. */
  readonly id: string;
  readonly name: string | undefined;
  readonly compartment: string;
  readonly formula: string | undefined;
  readonly charge: number | undefined;
  /** No metabolite: the row of a constraint of the model. */
  readonly auxiliary?: boolean;
}

export interface FluxGene {
  /** Locus tag (b-number). */
  readonly id: string;
  readonly name: string | undefined;
}

/** Limits of every flux, mmol gDW^-1 h^-1, each of shape [reactions]. */
export interface FluxBounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A constraint-based model: S v = 0, lower <= v <= upper, and a linear objective. */
export interface FluxModel {
  readonly id: string;
  readonly file: string | undefined;
  readonly reactions: readonly FluxReaction[];
  readonly metabolites: readonly FluxMetabolite[];
  readonly genes: readonly FluxGene[];
  /** S, metabolites x reactions. */
  readonly stoichiometry: SparseColumns;
  readonly bounds: FluxBounds;
  /** Coefficient of each flux, shape [reactions]; all zero where the model states no objective. */
  readonly objective: Float64Array;
  readonly sense: "maximize" | "minimize";
  /** Index by id. */
  readonly reactionIndex: ReadonlyMap<string, number>;
  readonly metaboliteIndex: ReadonlyMap<string, number>;
  readonly geneIndex: ReadonlyMap<string, number>;
  /** 1 where a column takes whole numbers only, shape [reactions]; all continuous where absent. */
  readonly integer?: Uint8Array;
  /** What a reader should know of how the file was understood. */
  readonly remarks?: readonly string[];
}

/**
 * Refuses a method that takes every column for a reaction where some stand for constraints of the model.
 * @param method what a message calls it
 */
export function requireNoConstraints({ reactions }: FluxModel, method: string): void {
  const found = reactions.find((r) => r.auxiliary === true);
  if (found === undefined) return;
  const message = `${method} of a model with user-defined constraints ('${found.id}') is not supported`;
  throw new CellweaveError("metabolism/unsupported", message, {
    hint: "FBA, FVA, MOMA and deletions by FBA take them",
  });
}

/**
 * Refuses a method that rests on linear programs alone where a model has whole-number variables.
 * @param method what a message calls it
 * @param reason why it has no answer there
 */
export function requireContinuous({ reactions }: FluxModel, method: string, reason: string): void {
  const found = reactions.find((r) => r.integer === true);
  if (found === undefined) return;
  const message = `${method} of a model with whole-number variables ('${found.id}') is not supported: ${reason}`;
  throw new CellweaveError("metabolism/unsupported", message, {
    hint: "FBA, pFBA, FVA, envelopes and deletions by FBA take them",
  });
}

/**
 * Indices of the columns that ranges are found of where none are named: reactions and sums that constraints bound. Of a
 * model with variables of its own the reactions alone; the others, many and each a search, are asked for by name.
 */
export function rangedColumns({ reactions, integer }: FluxModel): number[] {
  const all = [...reactions.keys()];
  return integer === undefined ? all : all.filter((j) => reactions[j]?.auxiliary !== true);
}

/** A copy of bounds, to be changed. */
export function copyBounds({ lower, upper }: FluxBounds): FluxBounds {
  return { lower: lower.slice(), upper: upper.slice() };
}

/** Index by id of things that have one. */
export function indexById(things: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  return new Map(things.map(({ id }, k) => [id, k]));
}

/** S v, what every metabolite gains, mmol gDW^-1 h^-1; shape [metabolites]. */
export function balance(model: FluxModel, fluxes: Float64Array): Float64Array {
  const { starts, rows, values, rowCount } = model.stoichiometry;
  const gained = new Float64Array(rowCount);
  for (let j = 0; j < fluxes.length; j++) {
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      const i = rows[k] ?? 0;
      gained[i] = (gained[i] ?? 0) + (values[k] ?? 0) * (fluxes[j] ?? 0);
    }
  }
  return gained;
}
