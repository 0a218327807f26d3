import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { phasePlane } from "./phase-plane.ts";

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
  const { axes, minimum, maximum } = await phasePlane(model, [reaction], { bounds, points, yields: false });
  return { reaction, flux: axes[0]?.flux ?? new Float64Array(), minimum, maximum };
}
