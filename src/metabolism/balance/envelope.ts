import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LpSession } from "../../numerics/programs/lp.ts";
import { reactionAt } from "../model/edits.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { netProgram } from "../model/program.ts";
import { requireObjective } from "./fba.ts";

export interface EnvelopeOptions {
  readonly bounds?: FluxBounds;
  /** Points along the axis; 20 where absent. */
  readonly points?: number;
}

/** What the objective can be while one flux is held at each of several values. */
export interface Envelope {
  readonly reaction: string;
  /** Fluxes held, from least to largest possible, mmol gDW^-1 h^-1; shape [points]. */
  readonly flux: Float64Array;
  /** Least and largest objective at each; shape [points]. */
  readonly minimum: Float64Array;
  readonly maximum: Float64Array;
}

/**
 * Production envelope: the range of the objective along the whole range of one flux (a product's exchange, an uptake).
 * @throws CellweaveError for an unknown reaction, a model without an objective, fewer than 2 points, and where no flux distribution is possible
 */
export async function productionEnvelope(
  model: FluxModel,
  reaction: string,
  { bounds = model.bounds, points = 20 }: EnvelopeOptions = {},
): Promise<Envelope> {
  requireObjective(model);
  const j = reactionAt(model, reaction);
  if (!(Number.isInteger(points) && points >= 2))
    throw new CellweaveError("metabolism/points", `an envelope needs at least 2 points, got ${points}`);
  const session = (await loadLp()).open({ ...netProgram(model), ...bounds });
  try {
    if (session.solve() === "optimal") session.startFrom(session.basis());
    const [from, to] = rangeOf(session, model, j);
    const flux = Float64Array.from({ length: points }, (_, k) =>
      k === points - 1 ? to : from + ((to - from) * k) / (points - 1),
    );
    const minimum = new Float64Array(points);
    const maximum = new Float64Array(points);
    session.setCosts(model.objective);
    flux.forEach((value, k) => {
      session.setBound(j, value, value);
      minimum[k] = extreme(session, "minimize");
      maximum[k] = extreme(session, "maximize");
    });
    return { reaction, flux, minimum, maximum };
  } finally {
    session.dispose();
  }
}

function rangeOf(session: LpSession, model: FluxModel, j: number): [number, number] {
  const cost = new Float64Array(model.reactions.length);
  cost[j] = 1;
  session.setCosts(cost);
  const ends: [number, number] = [extreme(session, "minimize"), extreme(session, "maximize")];
  if (ends.every(Number.isFinite)) return ends;
  const id = model.reactions[j]?.id;
  throw new CellweaveError("metabolism/envelope", `'${id}' has no finite range: no flux distribution, or no limit`, {
    kind: "solver",
    hint: "'cellweave fba' names the bounds that are in the way",
  });
}

function extreme(session: LpSession, sense: "minimize" | "maximize"): number {
  session.setSense(sense);
  return session.solve() === "optimal" ? session.objective() : Number.NaN;
}
