/** A bound that takes part in a conflict, as a person reads it. */
export interface BoundConflict {
  readonly reaction: string;
  readonly side: "lower" | "upper";
  /** mmol gDW^-1 h^-1 */
  readonly value: number;
}

/** How an optimisation of fluxes ended. */
export type FluxSolution =
  | {
      readonly status: "optimal";
      /** Value of the model's objective (growth, h^-1, for a biomass objective). */
      readonly objective: number;
      /** mmol gDW^-1 h^-1, shape [reactions]. */
      readonly fluxes: Float64Array;
    }
  | {
      readonly status: "infeasible" | "unbounded" | "failed";
      /** What is in the way, naming reactions and bounds, and what helps. */
      readonly message: string;
      /** Bounds in conflict where infeasible, bounds that are missing where unbounded. */
      readonly bounds: readonly BoundConflict[];
      /** Where a search gave up: what the least objective can't be below, and the best found. */
      readonly limits?: readonly [least: number, most: number];
    };
