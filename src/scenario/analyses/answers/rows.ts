import type { FluxSolution } from "../../../metabolism/balance/solution.ts";
import type { FluxModel } from "../../../metabolism/model/flux-model.ts";
import type { AnalysisRow, Answer } from "../analysis.ts";

/** The numbers of a row that has none. */
export const NONE = { value: Number.NaN, minimum: Number.NaN, maximum: Number.NaN } as const;

/** An answer that isn't one. */
export function without(status: string, message: string): Answer {
  return { status, message, objective: Number.NaN, rows: [] };
}

/** A flux distribution, a row a reaction. */
export function distribution(model: FluxModel, solution: FluxSolution): Answer {
  if (solution.status !== "optimal") return without(solution.status, solution.message);
  const { status, objective, fluxes } = solution;
  return { status, objective, rows: valueRows(model.reactions, fluxes) };
}

/** A row for each thing, with its value. */
export function valueRows(things: readonly { readonly id: string }[], values: Float64Array): AnalysisRow[] {
  return things.map(({ id }, k) => ({ ...NONE, subject: id, status: "optimal", value: values[k] ?? Number.NaN }));
}
