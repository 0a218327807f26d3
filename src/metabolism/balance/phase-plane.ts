import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LpSession } from "../../numerics/programs/lp.ts";
import { reactionAt } from "../model/edits.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { netProgram, withRow } from "../model/program.ts";
import { type Carbon, carbonFlow } from "./carbon.ts";
import { requireObjective } from "./fba.ts";
import { type Axis, heldAt } from "./grid.ts";

export interface PhasePlaneOptions {
  readonly bounds?: FluxBounds;
  /** Points along each axis; 20 where absent. */
  readonly points?: number;
  /** Whether carbon yields are wanted, which take two more programs a point; true where absent. */
  readonly yields?: boolean;
  /** Exchanges that carbon comes in by; where absent those that an optimum takes carbon up by. */
  readonly carbonSources?: readonly string[];
}

/** What the objective can be while fluxes are held on a grid; the last axis runs fastest. NaN where nothing is possible. */
export interface PhasePlane {
  readonly axes: readonly Axis[];
  /** Least and largest objective, shape [grid]. */
  readonly minimum: Float64Array;
  readonly maximum: Float64Array;
  readonly carbonSources: readonly string[];
  /**
   * Carbon that the objective's reaction puts out for each carbon taken up, at the two, with the least uptake that gives
   * them; shape [grid]. Undefined where the objective is no single reaction, or formulas are missing.
   */
  readonly carbonYield?: { readonly minimum: Float64Array; readonly maximum: Float64Array };
}

/**
 * Phenotype phase plane (over two fluxes; an envelope over one): the range of the objective on a grid of fluxes held.
 * @throws CellweaveError for unknown reactions, a model without an objective, and where a flux has no finite range
 * @see doi:10.1002/bit.10047
 */
export async function phasePlane(
  model: FluxModel,
  reactions: readonly string[],
  { bounds = model.bounds, points = 20, yields = true, carbonSources }: PhasePlaneOptions = {},
): Promise<PhasePlane> {
  requireObjective(model);
  const held = reactions.map((id) => reactionAt(model, id));
  if (held.length === 0 || new Set(held).size < held.length)
    throw new CellweaveError("metabolism/axes", `expected different reactions as axes, got ${reactions.join(", ")}`);
  if (!(Number.isInteger(points) && points >= 2))
    throw new CellweaveError("metabolism/points", `an axis needs at least 2 points, got ${points}`);
  const session = openPlane(await loadLp(), model, bounds);
  try {
    const carbon = yields ? carbonOf(session, model, carbonSources) : undefined;
    const axes = held.map((j) => ({ reaction: model.reactions[j]?.id ?? "", flux: axisOf(session, model, j, points) }));
    return { axes, ...gridOf(session, model, held, axes, carbon), carbonSources: carbon?.sources ?? [] };
  } finally {
    session.dispose();
  }
}

function carbonOf(session: LpSession, model: FluxModel, sources: readonly string[] | undefined): Carbon | undefined {
  const start = solved(session, model.objective, model.sense);
  return carbonFlow(model, sources, Number.isNaN(start) ? undefined : session.point().values);
}

/** The flux balance problem with its objective as one more row. */
function openPlane(runtime: Awaited<ReturnType<typeof loadLp>>, model: FluxModel, bounds: FluxBounds): LpSession {
  const net = netProgram(model);
  const session = runtime.open({
    ...net,
    ...bounds,
    matrix: withRow(net.matrix, model.objective),
    rowLower: Float64Array.of(...net.rowLower, Number.NEGATIVE_INFINITY),
    rowUpper: Float64Array.of(...net.rowUpper, Number.POSITIVE_INFINITY),
  });
  if (session.solve() === "optimal") session.startFrom(session.basis());
  return session;
}

function axisOf(session: LpSession, model: FluxModel, j: number, points: number): Float64Array {
  const cost = new Float64Array(model.reactions.length);
  cost[j] = 1;
  const [from, to] = [solved(session, cost, "minimize"), solved(session, cost, "maximize")];
  if (Number.isFinite(from) && Number.isFinite(to))
    return Float64Array.from({ length: points }, (_, k) =>
      k === points - 1 ? to : from + ((to - from) * k) / (points - 1),
    );
  const id = model.reactions[j]?.id;
  throw new CellweaveError("metabolism/envelope", `'${id}' has no finite range: no flux distribution, or no limit`, {
    kind: "solver",
    hint: "'cellweave fba' names the bounds that are in the way",
  });
}

function gridOf(
  session: LpSession,
  model: FluxModel,
  held: readonly number[],
  axes: readonly Axis[],
  carbon: Carbon | undefined,
) {
  const size = axes.reduce((n, { flux }) => n * flux.length, 1);
  const [minimum, maximum] = [new Float64Array(size), new Float64Array(size)];
  const yields = { minimum: new Float64Array(size), maximum: new Float64Array(size) };
  for (let k = 0; k < size; k++) {
    for (const [a, value] of heldAt(axes, k).entries()) session.setBound(held[a] ?? 0, value, value);
    for (const side of ["minimum", "maximum"] as const) {
      const value = solved(session, model.objective, side === "minimum" ? "minimize" : "maximize");
      (side === "minimum" ? minimum : maximum)[k] = value;
      if (carbon !== undefined) yields[side][k] = yieldAt(session, model, value, carbon);
    }
  }
  return { minimum, maximum, ...(carbon === undefined ? {} : { carbonYield: yields }) };
}

/** Carbon put out at a value of the objective, for the least carbon taken up that gives it. */
function yieldAt(session: LpSession, model: FluxModel, value: number, { uptake, output }: Carbon): number {
  if (Number.isNaN(value)) return Number.NaN;
  const row = model.metabolites.length;
  session.setRow(row, value, value);
  const taken = solved(session, uptake, "minimize", true);
  session.setRow(row, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return taken > 1e-9 ? Math.max(0, output * value) / taken : Number.NaN;
}

function solved(session: LpSession, cost: Float64Array, sense: "minimize" | "maximize", proceeds = false): number {
  session.setCosts(cost);
  session.setSense(sense);
  const status = proceeds ? session.proceed() : session.solve();
  return status === "optimal" ? session.objective() : Number.NaN;
}
