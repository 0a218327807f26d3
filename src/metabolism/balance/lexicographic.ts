import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LinearProgram } from "../../numerics/programs/lp.ts";
import { reactionAt } from "../model/edits.ts";
import { type FluxBounds, type FluxModel, requireContinuous } from "../model/flux-model.ts";
import { fluxWeights, netFluxes, splitBounds, splitColumns, withRow } from "../model/program.ts";
import { failure, requireObjective } from "./fba.ts";
import type { FluxSolution } from "./solution.ts";

/** One flux to be made as large or as small as can be. */
export interface Goal {
  /** Id of the reaction. */
  readonly reaction: string;
  readonly sense: FluxModel["sense"];
}

export type LexicographicSolution =
  | (FluxSolution & {
      readonly status: "optimal";
      /** What each goal reached, in their order. */
      readonly reached: readonly number[];
    })
  | Exclude<FluxSolution, { status: "optimal" }>;

/**
 * Fluxes that optimise the model's objective, then among those one flux after the other, and last the total flux (least
 * sum of |v|, between equals by reaction id), so that the answer is unique.
 * @throws CellweaveError for unknown reactions, and where the model states no objective
 * @see doi:10.1186/s12859-014-0409-8 (lexicographic optimisation in dynamic flux balance)
 */
export async function lexicographic(
  model: FluxModel,
  goals: readonly Goal[],
  bounds: FluxBounds = model.bounds,
): Promise<LexicographicSolution> {
  requireObjective(model);
  requireContinuous(model, "a sequence of objectives", ONE_BASIS);
  const stages = [
    { row: model.objective, sense: model.sense },
    ...goals.map(({ reaction, sense }) => ({ row: unit(model, reaction), sense })),
  ];
  const runtime = await loadLp();
  const session = runtime.open(staged(model, stages, bounds));
  try {
    const reached: number[] = [];
    for (const [k, { row, sense }] of stages.entries()) {
      session.setSense(sense);
      session.setCosts(split(row));
      const status = k === 0 ? session.solve() : session.proceed();
      if (status !== "optimal") return notOptimal(failure(runtime, model, bounds, status));
      const value = session.objective();
      const [low, high] = sense === "maximize" ? [value, Number.POSITIVE_INFINITY] : [Number.NEGATIVE_INFINITY, value];
      session.setRow(model.metabolites.length + k, low, high);
      reached.push(value);
    }
    session.setSense("minimize");
    session.setCosts(totalFlux(model));
    const last = session.proceed();
    if (last !== "optimal") return notOptimal(failure(runtime, model, bounds, last));
    const [objective = Number.NaN, ...rest] = reached;
    return { status: last, objective, reached: rest, fluxes: netFluxes(session.point().values) };
  } finally {
    session.dispose();
  }
}

const ONE_BASIS = "each stage goes on from the linear program of the one before";

function unit(model: FluxModel, reaction: string): Float64Array {
  const row = new Float64Array(model.reactions.length);
  row[reactionAt(model, reaction)] = 1;
  return row;
}

/** A row over net fluxes as one over forward and backward ones. */
function split(row: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * row.length }, (_, k) => (k % 2 === 0 ? 1 : -1) * (row[k >> 1] ?? 0));
}

/** Cost of every forward and backward flux in the total. */
function totalFlux(model: FluxModel): Float64Array {
  const weights = fluxWeights(model);
  return Float64Array.from({ length: 2 * weights.length }, (_, k) => weights[k >> 1] ?? 1);
}

/** Forward and backward fluxes; mass balances, then a free row for each stage. */
function staged(
  model: FluxModel,
  stages: readonly { readonly row: Float64Array; readonly sense: FluxModel["sense"] }[],
  bounds: FluxBounds,
): LinearProgram {
  const free = stages.map(() => Number.POSITIVE_INFINITY);
  const zeros = new Float64Array(model.metabolites.length);
  const matrix = stages.reduce((rows, stage) => withRow(rows, stage.row), model.stoichiometry);
  return {
    sense: model.sense,
    matrix: splitColumns(matrix),
    cost: new Float64Array(2 * model.reactions.length),
    ...splitBounds(bounds),
    rowLower: Float64Array.of(...zeros, ...free.map((x) => -x)),
    rowUpper: Float64Array.of(...zeros, ...free),
  };
}

function notOptimal(cause: FluxSolution): Exclude<FluxSolution, { status: "optimal" }> {
  return cause.status === "optimal" ? { status: "failed", message: "the solver failed", bounds: [] } : cause;
}
