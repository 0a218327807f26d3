import { didYouMean } from "../suggest.ts";
import type { FluxBounds, FluxModel, FluxReaction } from "./flux-model.ts";
import { checkedBounds, indexOnce, modelFault, ruleReader } from "./model-parts.ts";
import { matrixBuilder } from "./program.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * The constraint-based model of a COBRA JSON file, as COBRApy and BiGG write it.
 * @throws CellweaveError naming the reaction for missing or impossible bounds, unknown metabolites, broken gene rules
 * @see https://cobrapy.readthedocs.io/en/latest/io.html#JSON
 */
export function fluxModelFromJson(text: string, file?: string): FluxModel {
  const root = parsed(text, file);
  const metabolites = list(root, "metabolites", file).map((m) => {
    const { compartment = "", formula, charge } = m;
    return {
      id: idOf(m, "metabolite", file),
      name: textOf(m.name),
      compartment: String(compartment),
      formula: textOf(formula),
      charge: typeof charge === "number" ? charge : undefined,
    };
  });
  const entries = list(root, "reactions", file);
  const genes = list(root, "genes", file).map((g) => ({ id: idOf(g, "gene", file), name: textOf(g.name) }));
  const metaboliteIndex = indexOnce(metabolites, "metabolite", file);
  const geneIndex = indexOnce(genes, "gene", file);
  const ruleOf = ruleReader(genes, geneIndex, file);
  const builder = matrixBuilder(metabolites.length);
  const reactions = entries.map((entry): FluxReaction => {
    const id = idOf(entry, "reaction", file);
    const column = columnOf(entry, id, metaboliteIndex, file);
    for (const [row, value] of column) builder.entry(row, value);
    builder.end();
    const signs = new Set(column.map(([, value]) => Math.sign(value)));
    const rule = ruleOf(textOf(entry.gene_reaction_rule) ?? "", id);
    return { id, name: textOf(entry.name), rule, boundary: signs.size < 2 };
  });
  const ids = reactions.map(({ id }) => id);
  const sense = root.objective_direction === "min" || root.objective_direction === "minimize" ? "minimize" : "maximize";
  return {
    id: textOf(root.id) ?? "model",
    file,
    reactions,
    metabolites,
    genes,
    stoichiometry: builder.matrix(),
    bounds: boundsOf(entries, ids, file),
    objective: Float64Array.from(entries, (entry, j) => coefficientOf(entry, ids[j] ?? "", file)),
    sense,
    reactionIndex: indexOnce(reactions, "reaction", file),
    metaboliteIndex,
    geneIndex,
  };
}

function parsed(text: string, file: string | undefined): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Json;
  } catch (cause) {
    throw modelFault("json", `not JSON: ${(cause as Error).message}`, file);
  }
  throw modelFault("json", "expected an object with metabolites, reactions and genes", file);
}

function list(root: Json, key: string, file: string | undefined): Json[] {
  const value = root[key];
  if (Array.isArray(value)) return value as Json[];
  throw modelFault("json", `expected a list '${key}', as COBRA JSON has`, file);
}

function idOf({ id }: Json, what: string, file: string | undefined): string {
  if (typeof id === "string" && id !== "") return id;
  throw modelFault("json", `a ${what} has no id`, file);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function columnOf(entry: Json, id: string, index: ReadonlyMap<string, number>, file: string | undefined) {
  const column = Object.entries((entry.metabolites ?? {}) as Json).map(([name, value]): [number, number] => {
    const row = index.get(name);
    if (row === undefined) {
      const hint = didYouMean(name, index.keys());
      throw modelFault(
        "unknown-species",
        `reaction '${id}' uses metabolite '${name}', which isn't in the model`,
        file,
        hint,
      );
    }
    if (typeof value !== "number" || !Number.isFinite(value))
      throw modelFault("stoichiometry", `reaction '${id}': '${name}' has stoichiometry ${String(value)}`, file);
    return [row, value];
  });
  return column.sort(([a], [b]) => a - b);
}

function boundsOf(entries: readonly Json[], ids: readonly string[], file: string | undefined): FluxBounds {
  const side = (key: string) =>
    Float64Array.from(entries, (entry) => {
      const value = entry[key];
      return typeof value === "number" ? value : Number.NaN;
    });
  return checkedBounds(ids, { lower: side("lower_bound"), upper: side("upper_bound") }, file);
}

function coefficientOf({ objective_coefficient: value = 0 }: Json, id: string, file: string | undefined): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw modelFault("objective", `reaction '${id}': expected a number as objective_coefficient, got ${value}`, file);
}
