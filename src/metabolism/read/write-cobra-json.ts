import { CellweaveError } from "../../errors.ts";
import { type FluxBounds, type FluxModel, requireNoConstraints } from "../model/flux-model.ts";
import { ruleText } from "../model/gene-rule.ts";

/**
 * A constraint-based model as COBRA JSON (schema version 1), as COBRApy's `load_json_model` reads it: reactions with
 * bounds, gene rules and objective, metabolites with formula and charge, genes. What the model doesn't hold (notes,
 * annotations, groups) is not in it; bounds without limit are the texts "inf" and "-inf", as COBRApy writes them.
 * @throws CellweaveError for a model with constraints beside its mass balances, or one that minimises its objective
 * @see https://cobrapy.readthedocs.io/en/latest/io.html#JSON
 */
export function cobraJson(model: FluxModel, { lower, upper }: FluxBounds = model.bounds): string {
  requireNoConstraints(model, "COBRA JSON");
  if (model.sense === "minimize")
    throw new CellweaveError("metabolism/unsupported", "COBRA JSON can't say that an objective is minimised", {
      hint: "name one that is maximised: --objective with the id of a reaction",
    });
  const { starts, rows, values } = model.stoichiometry;
  const reactions = model.reactions.map(({ id, name, rule }, j) => {
    const parts: [string, number][] = [];
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++)
      parts.push([model.metabolites[rows[k] ?? 0]?.id ?? "", values[k] ?? 0]);
    const weight = model.objective[j] ?? 0;
    return {
      id,
      name: name ?? "",
      metabolites: Object.fromEntries(parts),
      lower_bound: limit(lower[j]),
      upper_bound: limit(upper[j]),
      gene_reaction_rule: rule === undefined ? "" : ruleText(rule, model.genes),
      ...(weight === 0 ? {} : { objective_coefficient: weight }),
    };
  });
  const metabolites = model.metabolites.map(({ id, name, compartment, formula, charge }) => ({
    ...{ id, name: name ?? "", compartment },
    ...(charge === undefined ? {} : { charge }),
    ...(formula === undefined ? {} : { formula }),
  }));
  const genes = model.genes.map(({ id, name }) => ({ id, name: name ?? "" }));
  const compartments = Object.fromEntries(model.metabolites.map(({ compartment }) => [compartment, ""]));
  const parts = { metabolites, reactions, genes, id: model.id, compartments, version: "1" };
  return `${JSON.stringify(parts, null, 1)}\n`;
}

/** A bound as a number, or as text where JSON has no number for it. */
function limit(bound = 0): number | string {
  if (Number.isFinite(bound)) return bound;
  return bound > 0 ? "inf" : "-inf";
}
