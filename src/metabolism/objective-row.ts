import type { LinearProgram, LpRuntime, LpSession } from "../numerics/lp.ts";
import { failure } from "./fba.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";
import { netProgram, withRow } from "./program.ts";
import type { FluxSolution } from "./solution.ts";

/** A flux balance problem whose last row keeps the model's objective at a share of its optimum. */
export interface NearOptimal {
  readonly session: LpSession;
  /** The program in the session, with the objective's row at its limit and no costs. */
  readonly program: LinearProgram;
  /** Fluxes and objective of the optimum; every later solve starts from its basis. */
  readonly optimum: { readonly objective: number; readonly fluxes: Float64Array };
}

/** The net program with the objective as one more row, without limits. */
export function programWithObjective(model: FluxModel): LinearProgram {
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
 * Opens the model with its objective held at `fraction` of the optimum, and no other objective yet.
 * @returns the solution that isn't an optimum where there is none; then nothing is left open
 */
export function openNearOptimal(
  runtime: LpRuntime,
  model: FluxModel,
  bounds: FluxBounds,
  fraction: number,
): NearOptimal | Exclude<FluxSolution, { status: "optimal" }> {
  const program = programWithObjective(model);
  const session = runtime.open(program);
  session.setBounds(bounds.lower, bounds.upper);
  const status = session.solve();
  if (status !== "optimal") {
    session.dispose();
    const cause = failure(runtime, model, bounds, status);
    return cause.status === "optimal" ? { status: "failed", message: "the solver failed", bounds: [] } : cause;
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
