import { CellweaveError } from "../../errors.ts";
import type { LpRuntime, LpSession } from "../../numerics/programs/lp.ts";
import { openNearOptimal } from "../balance/objective-row.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import type { SubModel } from "../presolve/sub-model.ts";
import { fluxSpace } from "./flux-space.ts";
import { type RoundedBody, rounded } from "./rounding.ts";

/** All flux distributions of a small model, rounded, and its extreme points. */
export interface Polytope {
  readonly body: RoundedBody;
  /** Extreme points, each of shape [fluxes + 1]: the fluxes, then the objective (rising is better). */
  readonly extremes: readonly Float64Array[];
}

/** Programs that go on from one another's basis; the next block begins at the optimum's. */
const BLOCK = 64;

/**
 * The limits of a small model's fluxes, a point with the least and one with the largest value of each of them, and the body
 * of all flux distributions, rounded.
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
  const floor = fraction > 0 ? fraction * sign * optimum.objective : Number.NEGATIVE_INFINITY;
  try {
    const extremes = extremePoints(session, sub, program).map((fluxes) => Float64Array.of(...fluxes, gain(fluxes)));
    const lower = Float64Array.of(...program.lower, floor);
    const upper = Float64Array.of(...program.upper, Number.POSITIVE_INFINITY);
    const inside = meanOf(extremes, sub.model.reactions.length + 1);
    const least = inside.map((_, j) => extremes.reduce((low, point) => Math.min(low, point[j] ?? 0), inside[j] ?? 0));
    const largest = inside.map((_, j) => extremes.reduce((high, p) => Math.max(high, p[j] ?? 0), inside[j] ?? 0));
    const space = fluxSpace(
      sub,
      largest.map((high, j) => high - (least[j] ?? 0)),
    );
    return { body: rounded(space, { lower, upper, least, largest, inside }), extremes };
  } finally {
    session.dispose();
  }
}

/** Two by two: a point with the least, then one with the largest value of the objective and of each flux. */
function extremePoints(session: LpSession, { model }: SubModel, { lower, upper }: FluxBounds): Float64Array[] {
  const extreme = (sense: "minimize" | "maximize", anew: boolean, what: string): Float64Array => {
    session.setSense(sense);
    const status = anew ? session.solve() : session.proceed();
    if (status !== "optimal" && session.solve() !== "optimal") throw unlimited(what);
    return session.point().values;
  };
  const moving = model.reactions.flatMap((reaction, j) => ((lower[j] ?? 0) < (upper[j] ?? 0) ? [{ reaction, j }] : []));
  const found = moving.flatMap(({ reaction, j }, k) => {
    session.setCost(j, 1);
    const points = [extreme("minimize", k % BLOCK === 0, reaction.id), extreme("maximize", false, reaction.id)];
    session.setCost(j, 0);
    return points;
  });
  session.setCosts(model.objective);
  return [...found, extreme("minimize", true, "objective"), extreme("maximize", true, "objective")];
}

function meanOf(points: readonly Float64Array[], width: number): Float64Array {
  const mean = new Float64Array(width);
  for (const point of points)
    for (let j = 0; j < width; j++) mean[j] = (mean[j] ?? 0) + (point[j] ?? 0) / points.length;
  return mean;
}

function unlimited(id: string): CellweaveError {
  return new CellweaveError("metabolism/sampling", `'${id}' has no limit`, {
    hint: "give it finite bounds; a uniform sample needs them",
  });
}
