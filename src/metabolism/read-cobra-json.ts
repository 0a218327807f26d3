import { CellweaveError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";
import { type FluxBounds, type FluxModel, type FluxReaction, indexById } from "./flux-model.ts";
import type { GeneRule } from "./gene-rule.ts";
import { parseRule } from "./parse-rule.ts";
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
  const metaboliteIndex = indexById(metabolites);
  const geneIndex = new Map(indexById(genes));
  const geneOf = (name: string): number => {
    const known = geneIndex.get(name) ?? genes.push({ id: name, name: undefined }) - 1;
    geneIndex.set(name, known);
    return known;
  };
  const builder = matrixBuilder(metabolites.length);
  const reactions = entries.map((entry): FluxReaction => {
    const id = idOf(entry, "reaction", file);
    const column = columnOf(entry, id, metaboliteIndex, file);
    for (const [row, value] of column) builder.entry(row, value);
    builder.end();
    const signs = new Set(column.map(([, value]) => Math.sign(value)));
    return { id, name: textOf(entry.name), rule: ruleOf(entry, id, geneOf, file), boundary: signs.size < 2 };
  });
  const sense = root.objective_direction === "min" || root.objective_direction === "minimize" ? "minimize" : "maximize";
  return {
    id: textOf(root.id) ?? "model",
    file,
    reactions,
    metabolites,
    genes,
    stoichiometry: builder.matrix(),
    bounds: boundsOf(entries, file),
    objective: Float64Array.from(entries, (entry) => Number(entry.objective_coefficient ?? 0)),
    sense,
    reactionIndex: indexById(reactions),
    metaboliteIndex,
    geneIndex,
  };
}

function parsed(text: string, file: string | undefined): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Json;
  } catch (cause) {
    throw fault("json", `not JSON: ${(cause as Error).message}`, file);
  }
  throw fault("json", "expected an object with metabolites, reactions and genes", file);
}

function list(root: Json, key: string, file: string | undefined): Json[] {
  const value = root[key];
  if (Array.isArray(value)) return value as Json[];
  throw fault("json", `expected a list '${key}', as COBRA JSON has`, file);
}

function idOf({ id }: Json, what: string, file: string | undefined): string {
  if (typeof id === "string" && id !== "") return id;
  throw fault("json", `a ${what} has no id`, file);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function columnOf(entry: Json, id: string, index: ReadonlyMap<string, number>, file: string | undefined) {
  const column = Object.entries((entry.metabolites ?? {}) as Json).map(([name, value]): [number, number] => {
    const row = index.get(name);
    if (row === undefined) {
      const hint = didYouMean(name, index.keys());
      throw fault(
        "unknown-species",
        `reaction '${id}' uses metabolite '${name}', which isn't in the model`,
        file,
        hint,
      );
    }
    if (typeof value !== "number" || !Number.isFinite(value))
      throw fault("stoichiometry", `reaction '${id}': '${name}' has stoichiometry ${String(value)}`, file);
    return [row, value];
  });
  return column.sort(([a], [b]) => a - b);
}

function ruleOf(
  entry: Json,
  id: string,
  geneOf: (name: string) => number,
  file: string | undefined,
): GeneRule | undefined {
  const text = textOf(entry.gene_reaction_rule)?.trim() ?? "";
  if (text === "") return undefined;
  try {
    return parseRule(text, geneOf);
  } catch (cause) {
    throw fault("gene-rule", `reaction '${id}': ${(cause as Error).message}`, file);
  }
}

function boundsOf(entries: readonly Json[], file: string | undefined): FluxBounds {
  const side = (key: string) =>
    Float64Array.from(entries, (entry) => {
      const value = entry[key];
      if (typeof value === "number" && !Number.isNaN(value)) return value;
      throw fault("missing-bounds", `reaction '${String(entry.id)}' has no ${key.replace("_", " ")}`, file);
    });
  const bounds = { lower: side("lower_bound"), upper: side("upper_bound") };
  entries.forEach(({ id }, j) => {
    const [lb = 0, ub = 0] = [bounds.lower[j], bounds.upper[j]];
    if (lb > ub)
      throw fault("bounds-crossed", `reaction '${String(id)}' can take no flux: bounds ${lb} to ${ub}`, file);
  });
  return bounds;
}

function fault(code: string, message: string, file: string | undefined, hint?: string): CellweaveError {
  return new CellweaveError(`metabolism/${code}`, message, {
    ...(file === undefined ? {} : { place: { file } }),
    ...(hint === undefined ? {} : { hint }),
  });
}
