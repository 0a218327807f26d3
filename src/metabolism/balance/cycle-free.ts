import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import { copyBounds, type FluxBounds, type FluxModel, requireNoConstraints } from "../model/flux-model.ts";
import { fluxWeights, netProgram, withRow } from "../model/program.ts";
import { fba, requireObjective } from "./fba.ts";
import type { FluxSolution } from "./solution.ts";

/**
 * The nearest flux distribution without circles (CycleFreeFlux): exchanges and objective stay as they are, inside no
 * flux grows or turns round, and their sum is least; between equals the reactions' ids decide.
 * @param fluxes where to start from, shape [reactions], a flux distribution within the bounds; those of `fba` where absent
 * @throws CellweaveError for a model without an objective or with constraints beside its mass balances
 * @see doi:10.1093/bioinformatics/btv096
 */
export async function cycleFree(
  model: FluxModel,
  bounds: FluxBounds = model.bounds,
  fluxes?: Float64Array,
): Promise<FluxSolution> {
  requireObjective(model);
  requireNoConstraints(model, "taking circles out");
  if (fluxes !== undefined) return withoutCircles(model, bounds, fluxes);
  const start = await fba(model, bounds);
  return start.status === "optimal" ? withoutCircles(model, bounds, start.fluxes) : start;
}

async function withoutCircles(model: FluxModel, bounds: FluxBounds, fluxes: Float64Array): Promise<FluxSolution> {
  if (fluxes.length !== model.reactions.length)
    throw new CellweaveError(
      "metabolism/fluxes",
      `expected ${model.reactions.length} fluxes, one for each reaction, got ${fluxes.length}`,
    );
  const net = netProgram(model);
  const objective = fluxes.reduce((sum, v, j) => sum + v * (model.objective[j] ?? 0), 0);
  const [least, most] = model.sense === "maximize" ? [objective, Infinity] : [-Infinity, objective];
  const weights = fluxWeights(model);
  const session = (await loadLp()).open({
    ...net,
    ...shrinking(model, bounds, fluxes),
    sense: "minimize",
    matrix: withRow(net.matrix, model.objective),
    cost: fluxes.map((v, j) => (model.reactions[j]?.boundary ? 0 : Math.sign(v) * (weights[j] ?? 1))),
    rowLower: Float64Array.of(...net.rowLower, least),
    rowUpper: Float64Array.of(...net.rowUpper, most),
  });
  try {
    const status = session.solve();
    if (status === "optimal") return { status, objective, fluxes: session.point().values };
    const message = "the fluxes given are no flux distribution of this model within these bounds";
    return { status: status === "unbounded" ? "failed" : status, message, bounds: [] };
  } finally {
    session.dispose();
  }
}

/** Bounds between which every inner flux keeps its direction and can only shrink, and exchanges stay. */
function shrinking({ reactions }: FluxModel, bounds: FluxBounds, fluxes: Float64Array): FluxBounds {
  const { lower, upper } = copyBounds(bounds);
  fluxes.forEach((v, j) => {
    if (reactions[j]?.boundary || v < 0) lower[j] = Math.max(v, lower[j] ?? 0);
    if (reactions[j]?.boundary || v >= 0) upper[j] = Math.min(v, upper[j] ?? 0);
    if (!reactions[j]?.boundary && v >= 0) lower[j] = Math.max(0, lower[j] ?? 0);
    if (!reactions[j]?.boundary && v < 0) upper[j] = Math.min(0, upper[j] ?? 0);
    if ((lower[j] ?? 0) > (upper[j] ?? 0)) settle(lower, upper, j, v);
  });
  return { lower, upper };
}

/** A flux that misses its bound by rounding stays where it is. */
function settle(lower: Float64Array, upper: Float64Array, j: number, v: number): void {
  lower[j] = v;
  upper[j] = v;
}
