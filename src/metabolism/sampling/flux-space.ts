import { nullSpace } from "../../numerics/linear/null-space.ts";
import type { SubModel } from "../presolve/sub-model.ts";

/** Fluxes, then the objective (rising is better), as far as they move. */
export interface FluxSpace {
  /** Which of them move, shape [moving]. */
  readonly moving: Int32Array;
  /** Directions that span all they can do, each of shape [moving] and scaled to the ranges; S of each is 0. */
  readonly basis: readonly Float64Array[];
}

/** A flux with a smaller range doesn't move, mmol gDW^-1 h^-1. */
const STILL = 1e-7;

/**
 * The directions in which a small model's fluxes and its objective can move. The fluxes with the smallest ranges are the
 * coordinates, and the others follow, so that thin directions are kept apart from wide ones.
 * @param ranges between the least and the largest value, shape [fluxes + 1]
 */
export function fluxSpace({ model }: SubModel, ranges: Float64Array): FluxSpace {
  const moving = Int32Array.from(
    [...ranges.keys()].filter((j) => (ranges[j] ?? 0) > STILL).sort((a, b) => (ranges[b] ?? 0) - (ranges[a] ?? 0)),
  );
  const { starts, rows, values } = model.stoichiometry;
  const last = model.metabolites.length;
  const matrix = Array.from({ length: last + 1 }, () => new Float64Array(moving.length));
  const sign = model.sense === "maximize" ? 1 : -1;
  const enter = (row: number, column: number, value: number): void => {
    const into = matrix[row];
    if (into !== undefined) into[column] = value;
  };
  moving.forEach((j, column) => {
    for (let e = starts[j] ?? 0; e < (starts[j + 1] ?? 0); e++) enter(rows[e] ?? 0, column, values[e] ?? 0);
    enter(last, column, j === model.reactions.length ? -1 : sign * (model.objective[j] ?? 0));
  });
  const basis = nullSpace(matrix, moving.length).map((direction) => {
    const extent = direction.reduce((most, v, c) => Math.max(most, Math.abs(v) / (ranges[moving[c] ?? 0] ?? 1)), 0);
    return direction.map((v) => v / extent);
  });
  return { moving, basis };
}
