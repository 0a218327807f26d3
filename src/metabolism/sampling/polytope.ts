import { CellweaveError } from "../../errors.ts";
import type { WalkSpace } from "../../numerics/hit-and-run.ts";
import type { LpRuntime, LpSession } from "../../numerics/lp.ts";
import { openNearOptimal } from "../balance/objective-row.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import type { SubModel } from "../presolve/sub-model.ts";
import { directionsFrom, meanPoint } from "./directions.ts";

/** All flux distributions of a small model, as a walk sees them: its fluxes, then its objective (rising is better). */
export interface Polytope extends WalkSpace {
  /** Mean of the extreme points, shape [fluxes + 1]. */
  readonly centre: Float64Array;
  /** Extreme points at which chains may start, each of shape [fluxes + 1]. */
  readonly extremes: readonly Float64Array[];
}

/** Programs that go on from one another's basis; the next block begins at the optimum's. */
const BLOCK = 64;

/**
 * The limits of a small model's fluxes, a point with the least and one with the largest value of each of them, and
 * directions between these.
 * @param fraction share of the optimum that the objective keeps, 0 to 1
 * @throws CellweaveError where no flux distribution is possible, or a flux has no limit
 */
export function polytope(runtime: LpRuntime, sub: SubModel, bounds: FluxBounds, fraction: number): Polytope {
  const opened = openNearOptimal(runtime, sub, bounds, fraction);
  if (!("session" in opened))
    throw new CellweaveError("metabolism/sampling", `nothing to sample: ${opened.message}`, { kind: "solver" });
  const { session, program, optimum } = opened;
  const sign = sub.model.sense === "maximize" ? 1 : -1;
  const gain = (fluxes: Float64Array) =>
    sub.model.objective.reduce((sum, c, j) => sum + sign * c * (fluxes[j] ?? 0), 0);
  const least = fraction > 0 ? fraction * sign * optimum.objective : Number.NEGATIVE_INFINITY;
  try {
    const extremes = extremePoints(session, sub, program).map((fluxes) => Float64Array.of(...fluxes, gain(fluxes)));
    return {
      lower: Float64Array.of(...program.lower, least),
      upper: Float64Array.of(...program.upper, Number.POSITIVE_INFINITY),
      directions: directionsFrom(extremes),
      centre: meanPoint(extremes),
      extremes,
    };
  } finally {
    session.dispose();
  }
}

/** Two by two: a point with the least, then one with the largest value of each flux. */
function extremePoints(session: LpSession, { model }: SubModel, { lower, upper }: FluxBounds): Float64Array[] {
  const moving = model.reactions.flatMap((reaction, j) => ((lower[j] ?? 0) < (upper[j] ?? 0) ? [{ reaction, j }] : []));
  return moving.flatMap(({ reaction, j }, k) => {
    session.setCost(j, 1);
    const points = (["minimize", "maximize"] as const).map((sense, end) => {
      session.setSense(sense);
      const status = k % BLOCK === 0 && end === 0 ? session.solve() : session.proceed();
      if (status !== "optimal" && session.solve() !== "optimal") throw unlimited(reaction.id);
      return session.point().values;
    });
    session.setCost(j, 0);
    return points;
  });
}

function unlimited(id: string): CellweaveError {
  return new CellweaveError("metabolism/sampling", `'${id}' has no limit`, {
    hint: "give it finite bounds; a uniform sample needs them",
  });
}
