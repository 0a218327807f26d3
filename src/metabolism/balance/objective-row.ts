import type { LinearProgram, LpRuntime, LpSession, LpStatus } from "../../numerics/programs/lp.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { netProgram, withRow } from "../model/program.ts";
import { narrowed, type SubModel } from "../presolve/sub-model.ts";
import { failure } from "./fba.ts";
import type { FluxSolution } from "./solution.ts";

/** A flux balance problem of a small model whose last row keeps the objective at a share of its optimum. */
export interface NearOptimal {
  readonly session: LpSession;
  /** The program in the session, with the objective's row at its limit and no costs. */
  readonly program: LinearProgram;
  /** Objective and the small model's fluxes at the optimum; every later solve starts from its basis. */
  readonly optimum: { readonly objective: number; readonly fluxes: Float64Array };
}

/** The net program with the objective as one more row, without limits. */
function programWithObjective(model: FluxModel): LinearProgram {
  const net = netProgram(model);
  const free = (value: number) => Float64Array.of(...net.rowLower, value);
  return {
    ...net,
    changing: "costs",
    cost: net.cost.slice(),
    matrix: withRow(model.stoichiometry, model.objective),
    rowLower: free(Number.NEGATIVE_INFINITY),
    rowUpper: free(Number.POSITIVE_INFINITY),
  };
}

/**
 * Opens the small model with its objective held at `fraction` of the optimum, and no other objective yet.
 * @param bounds of the full model
 * @returns the solution that isn't an optimum where there is none; then nothing is left open
 */
export function openNearOptimal(
  runtime: LpRuntime,
  sub: SubModel,
  bounds: FluxBounds,
  fraction: number,
): NearOptimal | Exclude<FluxSolution, { status: "optimal" }> {
  const small = narrowed(sub, bounds);
  if (small === undefined) return notOptimal(runtime, sub, bounds, "infeasible");
  const { model } = sub;
  const program = { ...programWithObjective(model), ...small };
  const session = runtime.open(program);
  const status = session.solve();
  if (status !== "optimal") {
    session.dispose();
    return notOptimal(runtime, sub, bounds, status);
  }
  const optimum = { objective: session.objective(), fluxes: session.point().values };
  session.startFrom(session.basis());
  const limit = fraction * optimum.objective;
  const row = model.metabolites.length;
  const side = model.sense === "maximize" ? program.rowLower : program.rowUpper;
  side[row] = limit;
  session.setRow(row, program.rowLower[row] ?? 0, program.rowUpper[row] ?? 0);
  program.cost.fill(0);
  session.setCosts(program.cost);
  return { session, program, optimum };
}

function notOptimal(
  runtime: LpRuntime,
  { full }: SubModel,
  bounds: FluxBounds,
  status: Exclude<LpStatus, "optimal">,
): Exclude<FluxSolution, { status: "optimal" }> {
  const cause = failure(runtime, full, bounds, status);
  return cause.status === "optimal" ? { status: "failed", message: "the solver failed", bounds: [] } : cause;
}
