import { didYouMean } from "../../suggest.ts";
import { withConstraintRows } from "../model/constraint-rows.ts";
import type { FluxBounds, FluxModel, FluxReaction } from "../model/flux-model.ts";
import { matrixBuilder } from "../model/program.ts";
import { numberOf, parseJson, parseYaml, type Tree } from "./cobra-text.ts";
import { enzymeRows } from "./enzyme-rows.ts";
import { checkedBounds, indexOnce, modelFault, ruleReader } from "./model-parts.ts";
import { withOwnVariables } from "./own-variables.ts";

/**
 * The constraint-based model of a COBRA JSON file, as COBRApy and BiGG write it, with ECMpy's limit on enzyme mass
 * and pyTFA's thermodynamics.
 * @throws CellweaveError naming the reaction for missing or impossible bounds, unknown metabolites, broken gene rules
 * @see https://cobrapy.readthedocs.io/en/latest/io.html#JSON
 */
export function fluxModelFromJson(text: string, file?: string): FluxModel {
  return modelOf(parseJson(text, file), file);
}

/**
 * The constraint-based model of a COBRA YAML file, as COBRApy and RAVEN write it.
 * @throws CellweaveError as `fluxModelFromJson` does
 * @see https://cobrapy.readthedocs.io/en/latest/io.html#YAML
 */
export function fluxModelFromYaml(text: string, file?: string): FluxModel {
  return modelOf(parseYaml(text, file), file);
}

function modelOf(root: Tree, file: string | undefined): FluxModel {
  const metabolites = list(root, "metabolites", file).map((m) => {
    const { compartment = "", formula } = m;
    const id = idOf(m, "metabolite", file);
    refuseUnbalanced(m, id, file);
    const charge = numberOf(m.charge);
    return {
      id,
      name: textOf(m.name),
      compartment: String(compartment),
      formula: textOf(formula),
      charge: Number.isFinite(charge) ? charge : undefined,
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
  const remarks = remarksOn(root);
  const model: FluxModel = {
    id: textOf(root.id) ?? textOf((root.metaData as Tree | undefined)?.id) ?? "model",
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
    ...(remarks.length === 0 ? {} : { remarks }),
  };
  return withOwnVariables(root, withConstraintRows(model, enzymeRows(root, entries, model)));
}

/** What these files say of a model beside its parts. */
const KNOWN = new Set(
  (
    "id name description version compartments notes annotation metabolites reactions genes " +
    "metaData objective_direction enzyme_constraint ec-rxns ec-enzymes"
  ).split(" "),
);

/** What pyTFA writes beside; the bounds of variables say already what its thermodynamic data do. */
const THERMODYNAMIC = new Set(
  "kind variables constraints objective solver thermo_data temperature min_ph max_ph".split(" "),
);

/** Parts of a file that aren't used. */
function remarksOn(root: Tree): string[] {
  const own = root.variables !== undefined || root.constraints !== undefined;
  const unused = Object.keys(root).filter((key) => !KNOWN.has(key) && !(own && THERMODYNAMIC.has(key)));
  return unused.length === 0 ? [] : [`the file's ${unused.map((key) => `'${key}'`).join(", ")} are not used`];
}

/** A metabolite that accumulates, or an inequality; older COBRApy could write both. */
function refuseUnbalanced({ _bound: bound = 0, _constraint_sense: sense = "E" }: Tree, id: string, file?: string) {
  if (numberOf(bound) === 0 && sense === "E") return;
  const what = sense === "E" ? `accumulates (_bound is ${String(bound)})` : `has an inequality (${String(sense)})`;
  throw modelFault("constraint", `metabolite '${id}' ${what}`, file, "only steady state, S v = 0, is supported");
}

function list(root: Tree, key: string, file: string | undefined): Tree[] {
  const value = root[key];
  if (Array.isArray(value)) return value as Tree[];
  throw modelFault("json", `expected a list '${key}', as COBRA JSON has`, file);
}

function idOf({ id }: Tree, what: string, file: string | undefined): string {
  if (typeof id === "string" && id !== "") return id;
  throw modelFault("json", `a ${what} has no id`, file);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function columnOf(entry: Tree, id: string, index: ReadonlyMap<string, number>, file: string | undefined) {
  const column = Object.entries((entry.metabolites ?? {}) as Tree).map(([name, value]): [number, number] => {
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

function boundsOf(entries: readonly Tree[], ids: readonly string[], file: string | undefined): FluxBounds {
  const side = (key: string) => Float64Array.from(entries, (entry) => numberOf(entry[key]) ?? Number.NaN);
  return checkedBounds(ids, { lower: side("lower_bound"), upper: side("upper_bound") }, file);
}

function coefficientOf({ objective_coefficient: value = 0 }: Tree, id: string, file: string | undefined): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw modelFault("objective", `reaction '${id}': expected a number as objective_coefficient, got ${value}`, file);
}
