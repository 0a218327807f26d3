import { CellweaveError } from "../../errors.ts";
import { reactionAt } from "./edits.ts";
import { copyBounds, type FluxBounds, type FluxModel } from "./flux-model.ts";

/** The metabolite that a boundary reaction exchanges, and which way is uptake; undefined for other reactions. */
function exchanged({ reactions, stoichiometry: { starts, rows, values } }: FluxModel, j: number) {
  const k = starts[j] ?? 0;
  if (reactions[j]?.boundary !== true || (starts[j + 1] ?? 0) - k !== 1) return undefined;
  return { metabolite: rows[k] ?? 0, coefficient: values[k] ?? 0 };
}

/** The compartment outside of the cell: the one that most boundary reactions reach. */
function outside(model: FluxModel): string {
  const counts = new Map<string, number>();
  model.reactions.forEach((_, j) => {
    const found = exchanged(model, j);
    if (found === undefined) return;
    const compartment = model.metabolites[found.metabolite]?.compartment ?? "";
    counts.set(compartment, (counts.get(compartment) ?? 0) + 1);
  });
  const [most = ["", 0]] = [...counts].sort(([, a], [, b]) => b - a);
  return most[0];
}

/**
 * Bounds of a model on a medium: each exchange named takes up at most so much, every other takes up nothing. What leaves
 * the cell stays as it is, and so do boundary reactions that don't reach the outside (sinks, demands, protein pools).
 * @param medium largest uptake by exchange id, mmol gDW^-1 h^-1
 * @throws CellweaveError `metabolism/medium` for what is no exchange or no amount
 */
export function withMedium(model: FluxModel, bounds: FluxBounds, medium: ReadonlyMap<string, number>): FluxBounds {
  const external = outside(model);
  const out = copyBounds(bounds);
  const limit = (j: number, coefficient: number, most: number): void => {
    if (coefficient < 0) out.lower[j] = -most + 0;
    else out.upper[j] = most;
    if ((out.lower[j] ?? 0) > (out.upper[j] ?? 0))
      throw fault(
        `'${model.reactions[j]?.id}' has to take up more than ${most}`,
        "give it a larger uptake, or --bound",
      );
  };
  model.reactions.forEach((_, j) => {
    const found = exchanged(model, j);
    if (found === undefined || model.metabolites[found.metabolite]?.compartment !== external) return;
    const open = found.coefficient < 0 ? (out.lower[j] ?? 0) < 0 : (out.upper[j] ?? 0) > 0;
    if (open && !medium.has(model.reactions[j]?.id ?? "")) limit(j, found.coefficient, 0);
  });
  for (const [id, most] of medium) {
    const j = reactionAt(model, id);
    const found = exchanged(model, j);
    if (found === undefined)
      throw fault(`'${id}' is no exchange of one metabolite`, "name exchanges, such as EX_glc__D_e");
    if (!(most >= 0)) throw fault(`the uptake of '${id}' is ${most}`, "give an amount, mmol/gDW/h, not below 0");
    limit(j, found.coefficient, most);
  }
  return out;
}

/**
 * Bounds with every exchange open both ways. Boundary reactions that don't reach the outside stay as they are.
 * @param most largest uptake and release, mmol gDW^-1 h^-1
 * @throws CellweaveError `metabolism/medium` for what is no amount
 */
export function withOpenExchanges(model: FluxModel, bounds: FluxBounds, most = 1000): FluxBounds {
  if (!(most > 0)) throw fault(`exchanges can't be opened to ${most}`, "give an amount, mmol/gDW/h, above 0");
  const external = outside(model);
  const out = copyBounds(bounds);
  model.reactions.forEach((_, j) => {
    const found = exchanged(model, j);
    if (found === undefined || model.metabolites[found.metabolite]?.compartment !== external) return;
    out.lower[j] = -most;
    out.upper[j] = most;
  });
  return out;
}

function fault(message: string, hint: string): CellweaveError {
  return new CellweaveError("metabolism/medium", message, { hint });
}
