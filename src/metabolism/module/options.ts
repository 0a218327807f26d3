import type { Goal } from "../balance/lexicographic.ts";
import type { FluxModel } from "../model/flux-model.ts";

/** A pool of the medium and the reaction that exchanges it. */
export interface ExchangeOption {
  /** Boundary reaction with one reactant of stoichiometry 1; a positive flux is secretion. */
  readonly reaction: string;
  /** Id of the pool variable, mmol/L. */
  readonly pool: string;
  /** Largest uptake, mmol gDW^-1 h^-1; the model's own lower bound where absent, 0 for secretion only. */
  readonly vmax?: number;
  /** Concentration of half-maximal uptake, mmol/L; needed where there is uptake. */
  readonly km?: number;
  /** Locus tag of a gene whose expression scales vmax: a transporter or activating enzyme that the model lacks. */
  readonly gene?: string;
}

/** Most that a reaction's enzyme can carry at the reference expression, mmol gDW^-1 h^-1. */
export interface CapacityOption {
  readonly reaction: string;
  readonly max: number;
  /** In the backward direction; `max` where absent. */
  readonly reverse?: number;
}

/**
 * Capacities of reactions that have a gene rule and none of their own: `margin` times the largest |flux| over the
 * reference conditions, and at least `floor` (mmol gDW^-1 h^-1). The reference conditions are the pFBA fluxes with all
 * carbon sources saturating at once and each alone, with and without oxygen.
 */
export interface DefaultCapacity {
  readonly margin: number;
  readonly floor: number;
}

export interface MetabolicOptions {
  readonly id: string;
  readonly model: FluxModel;
  readonly exchanges: readonly ExchangeOption[];
  /** Boundary reactions that run freely both ways and whose metabolite no pool keeps account of (water, protons). */
  readonly unlimited?: readonly string[];
  /**
   * Boundary reactions that run out of the cell only, as far as the model lets them, and unaccounted: by-products;
   * "others" for all that are named nowhere.
   */
  readonly drains?: readonly string[] | "others";
  /** Boundary reactions that carry nothing; "others" for all that are named nowhere. */
  readonly closed?: readonly string[] | "others";
  readonly capacities?: readonly CapacityOption[];
  /** Margin 2 and floor 5 where absent; "none" leaves reactions without a capacity of their own unlimited. */
  readonly defaultCapacity?: DefaultCapacity | "none";
  /** Genes (locus tags) with an `expression:` variable that is read; all that have a capacity where absent. */
  readonly expression?: readonly string[];
  /** Weight of an isoenzyme by gene, for sharing the reference capacity; 1 where absent. */
  readonly isoenzymes?: ReadonlyMap<string, number>;
  /** Reaction whose flux is growth, h^-1; the only reaction of the model's objective where absent. */
  readonly growth?: string;
  /**
   * After growth these fluxes are made large or small, one after the other, each held at its optimum for the next; last
   * the total flux small, as without them.
   */
  readonly goals?: readonly Goal[];
  /** Reaction whose lower bound is a demand that a starving cell may fall short of; `ATPM` where it is there. */
  readonly maintenance?: string;
  /** Id of the biomass variable, gDW/L. */
  readonly biomass?: string;
}
