import type { FluxBounds } from "../model/flux-model.ts";
import type { SubModel } from "../presolve/sub-model.ts";

/**
 * Which reaction of a chain limits it. Columns are split: 2c is chain c forward and 2c + 1 backward, 2j and 2j + 1 the
 * same of reaction j.
 */
export interface ChainLimits {
  /**
   * The reaction's column whose bound is the chain's, the first in the model's order; -1 where the chain's direction
   * follows from rows alone.
   * @param column of the small model
   * @param full bounds of the reactions
   * @param small bounds of the chains, as `narrowed` makes them of `full`
   */
  limiting(column: number, full: FluxBounds, small: FluxBounds): number;
  /** The small model's column that rises with a reaction's, -1 where the reaction can carry nothing. */
  columnOf(own: number): number;
  /** Reactions of chain c, ascending. */
  readonly members: readonly (readonly number[])[];
}

export function chainLimits({ chain, factor, model }: SubModel): ChainLimits {
  const members: number[][] = model.reactions.map(() => []);
  chain.forEach((c, j) => {
    members[c]?.push(j);
  });
  const turns = (j: number) => ((factor[j] ?? 0) < 0 ? 1 : 0);
  return {
    members,
    columnOf: (own) => {
      const c = chain[own >> 1] ?? -1;
      return c < 0 ? -1 : (2 * c) | ((own & 1) ^ turns(own >> 1));
    },
    limiting: (column, { lower, upper }, small) => {
      const c = column >> 1;
      const backward = column & 1;
      const end = (backward === 1 ? small.lower[c] : small.upper[c]) ?? 0;
      for (const j of members[c] ?? []) {
        const own = backward ^ turns(j);
        const limit = ((own === 1 ? lower[j] : upper[j]) ?? 0) / (factor[j] ?? 1);
        if (limit === end) return 2 * j + own;
      }
      return -1;
    },
  };
}
