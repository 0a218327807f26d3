import type { ConstraintRow } from "../model/constraint-rows.ts";
import type { FluxModel } from "../model/flux-model.ts";
import type { Tree } from "./cobra-text.ts";
import { numberOf } from "./cobra-text.ts";
import { modelFault } from "./model-parts.ts";

/**
 * The limit on enzyme mass of an ECMpy model: the sum of v / kcat_MW stays between `lowerbound` and `upperbound`,
 * g/gDW, with kcat_MW in mmol/h per g of enzyme. Empty where the file has none.
 * @throws CellweaveError `metabolism/enzyme-constraint` for what is no number, and for a cost of a flux that runs both ways
 * @see doi:10.3390/biom12010065 (ECMpy)
 */
export function enzymeRows(root: Tree, entries: readonly Tree[], model: FluxModel): ConstraintRow[] {
  const limits = root.enzyme_constraint as Tree | undefined;
  if (limits === undefined || limits === null) return [];
  const { file } = model;
  const fault = (message: string, hint?: string) => modelFault("enzyme-constraint", message, file, hint);
  const [lower, upper] = [numberOf(limits.lowerbound ?? 0), numberOf(limits.upperbound)];
  if (lower === undefined || upper === undefined || !(lower <= upper))
    throw fault("enzyme_constraint needs numbers as lowerbound and upperbound, g/gDW");
  const terms = entries.flatMap((entry, column) => {
    const { kcat_MW: rate } = entry;
    if (rate === undefined || rate === null || rate === "" || rate === 0) return [];
    const id = model.reactions[column]?.id ?? "";
    const number = numberOf(rate);
    if (number === undefined || !(number > 0))
      throw fault(`reaction '${id}' has kcat_MW ${String(rate)}`, "give a positive number, or leave it out: no cost");
    if ((model.bounds.lower[column] ?? 0) < 0 && (model.bounds.upper[column] ?? 0) > 0)
      throw fault(`reaction '${id}' runs both ways and has one kcat_MW`, "split it into two that run one way");
    return (model.bounds.upper[column] ?? 0) > 0 ? [{ column, coefficient: 1 / number }] : [];
  });
  return [{ id: "enzyme_constraint", name: "enzyme mass, g/gDW", terms, lower, upper }];
}
