import { CellweaveError } from "../../errors.ts";
import { reactionAt } from "../model/edits.ts";
import type { FluxModel } from "../model/flux-model.ts";
import { atomsOf } from "../model/formula.ts";

/** Where a model's carbon comes in and goes out, as rows over its fluxes. */
export interface Carbon {
  /** Exchanges that it comes in by. */
  readonly sources: readonly string[];
  /** Carbon that each source takes up with a flux of one, shape [reactions]. */
  readonly uptake: Float64Array;
  /** Carbon that leaves the cell with one unit of the objective. */
  readonly output: number;
}

/**
 * Carbon in and out of a model whose objective is one reaction.
 * @param sources ids; where absent every boundary reaction that takes up carbon in `fluxes`
 * @returns undefined where that can't be told: no carbon comes in, several objectives, formulas are missing
 * @throws CellweaveError for a source that is unknown, or takes no carbon up
 */
export function carbonFlow(
  model: FluxModel,
  sources: readonly string[] | undefined,
  fluxes: Float64Array | undefined,
): Carbon | undefined {
  const aims = [...model.objective.keys()].filter((j) => model.objective[j] !== 0);
  const output = aims.length === 1 ? carbonIn(model, aims[0] ?? 0) : undefined;
  const named = sources?.map((id) => sourceAt(model, id));
  const from = named ?? [...model.reactions.keys()].filter((j) => takesUpCarbon(model, j, fluxes?.[j] ?? 0));
  if (output === undefined || from.length === 0) return undefined;
  const uptake = new Float64Array(model.reactions.length);
  for (const j of from) uptake[j] = carbonIn(model, j) ?? 0;
  const each = output / (model.objective[aims[0] ?? 0] ?? 1);
  return { sources: from.map((j) => model.reactions[j]?.id ?? ""), uptake, output: -each };
}

/** Carbon that a reaction makes with a flux of one: of an exchange written as loss negative; undefined without formulas. */
function carbonIn({ stoichiometry: { starts, rows, values }, metabolites }: FluxModel, j: number): number | undefined {
  let sum = 0;
  for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
    const formula = metabolites[rows[k] ?? 0]?.formula;
    const atoms = formula === undefined ? undefined : atomsOf(formula);
    if (atoms === undefined) return undefined;
    sum += (values[k] ?? 0) * (atoms.get("C") ?? 0);
  }
  return sum;
}

function takesUpCarbon(model: FluxModel, j: number, flux: number): boolean {
  return model.reactions[j]?.boundary === true && (carbonIn(model, j) ?? 0) * flux > 1e-9;
}

function sourceAt(model: FluxModel, id: string): number {
  const j = reactionAt(model, id);
  if (model.reactions[j]?.boundary === true && (carbonIn(model, j) ?? 0) !== 0) return j;
  throw new CellweaveError("metabolism/carbon", `'${id}' is no exchange of a metabolite with carbon`, {
    hint: "name exchanges such as EX_glc__D_e, whose metabolites have formulas",
  });
}
