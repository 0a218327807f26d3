import type { SparseColumns } from "../../numerics/programs/lp.ts";
import type { Objective, Reaction, SbmlDocument } from "../../sbml/document.ts";
import { didYouMean } from "../../suggest.ts";
import { type FluxBounds, type FluxGene, type FluxModel, type FluxReaction, indexById } from "../model/flux-model.ts";
import { geneRule } from "../model/gene-rule.ts";
import { fault } from "./document-fault.ts";
import { legacyRemarks, withLegacyBounds } from "./legacy-bounds.ts";
import { withUserConstraints } from "./user-constraints.ts";

/**
 * The constraint-based model of an SBML document with fbc, or with bounds in kinetic laws as was usual before it. Species
 * with `boundaryCondition` are outside of S.
 * Prefixes `R_`, `M_` and `G_` are dropped where most ids of that kind carry them, as BiGG's users expect.
 * @throws CellweaveError naming reaction and line for missing or impossible bounds, unknown genes and objectives
 * @see SBML Level 3 Package: Flux Balance Constraints, Version 2 Release 1
 */
export function fluxModel(source: SbmlDocument): FluxModel {
  const document = withLegacyBounds(source);
  if (!document.packages.has("fbc"))
    throw fault(document, "no-fbc", undefined, "the model has no flux bounds (fbc)", {
      hint: "a kinetic model is for 'cellweave simulate'; flux balance needs bounds, as BiGG and COBRApy write them",
    });
  refuseQuadratic(document);
  const inside = document.species.filter((species) => !species.boundaryCondition);
  const outside = new Set(document.species.flatMap(({ id, boundaryCondition }) => (boundaryCondition ? [id] : [])));
  const metaboliteName = shortener("M_", inside);
  const metabolites = inside.map(({ id, name, compartment, chemicalFormula, charge }) => {
    return { id: metaboliteName(id), name, compartment, formula: chemicalFormula, charge };
  });
  const reactionName = shortener("R_", document.reactions);
  const genes = genesOf(document);
  const geneAt = indexById(document.geneProducts);
  const reactions = document.reactions.map((reaction): FluxReaction => {
    const { id, name, line, reactants, products, geneProductAssociation: association } = reaction;
    const unknown = (gene: string) =>
      fault(document, "unknown-gene", line, `reaction '${id}' names gene product '${gene}', which isn't in the model`, {
        hint: didYouMean(gene, geneAt.keys()),
      });
    const rule = association && geneRule(association, (gene) => geneAt.get(gene), unknown);
    const boundary = [reactants, products].some((side) => side.every(({ species }) => outside.has(species)));
    return { id: reactionName(id), name, rule, boundary, line };
  });
  const remarks = [...(document === source ? [] : legacyRemarks(document)), ...boundaryRemarks(document, outside)];
  const model: FluxModel = {
    id: document.id,
    file: document.file,
    reactions,
    metabolites,
    genes,
    stoichiometry: stoichiometryOf(document, indexById(inside)),
    bounds: boundsOf(document),
    ...objectiveOf(document),
    reactionIndex: indexById(reactions),
    metaboliteIndex: indexById(metabolites),
    geneIndex: indexById(genes),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
  return withUserConstraints(model, document);
}

/** Exchanges of species that are outside of the balance anyway limit nothing; COBRApy balances those species. */
function boundaryRemarks({ reactions }: SbmlDocument, outside: ReadonlySet<string>): string[] {
  const idle = reactions.filter(({ reactants, products }) => {
    const sides = [...reactants, ...products];
    return sides.length > 0 && sides.every(({ species }) => outside.has(species));
  });
  const [first] = idle;
  if (first === undefined) return [];
  const more = idle.length === 1 ? "" : ` and ${idle.length - 1} more`;
  return [
    `${first.id}${more} exchange boundary species (boundaryCondition), which nothing balances: their bounds limit ` +
      "nothing, and COBRApy, which balances those species, gives other numbers",
  ];
}

/** Objectives of fbc v3 may be quadratic. */
function refuseQuadratic(document: SbmlDocument): void {
  const active = activeObjective(document);
  if (active?.fluxObjectives.some(({ variableType }) => variableType === "quadratic"))
    throw fault(document, "unsupported", active.line, `the quadratic objective '${active.id}' is not supported`);
}

/** Drops a prefix from the ids that have it, where most do and no two become equal. */
function shortener(prefix: string, things: readonly { readonly id: string }[]): (id: string) => string {
  const carries = (id: string) => id.startsWith(prefix) && id.length > prefix.length;
  const short = (id: string) => (carries(id) ? id.slice(prefix.length) : id);
  const most = 2 * things.filter(({ id }) => carries(id)).length > things.length;
  const distinct = new Set(things.map(({ id }) => short(id))).size === things.length;
  return most && distinct ? short : (id) => id;
}

/** Ids that only count, as some converters write them: there the label is what people use. */
const COUNTED = /^(?:g|gp|gene)_?\d+$/i;

/** Genes by id, as COBRApy has them, with the label as name where there is no other; by label where ids only count. */
function genesOf({ geneProducts }: SbmlDocument): FluxGene[] {
  const short = shortener("G_", geneProducts);
  const labels = new Set(geneProducts.map(({ label }) => label));
  const counted = geneProducts.every(({ id }) => COUNTED.test(short(id)));
  const byLabel = counted && labels.size === geneProducts.length && !labels.has("");
  const clean = shortener(
    "G_",
    [...labels].map((id) => ({ id })),
  );
  return geneProducts.map(({ id, label, name }) => {
    const own = byLabel ? clean(label) : short(id);
    const other = clean(label) === own || label === "" ? undefined : clean(label);
    return { id: own, name: name ?? other };
  });
}

function stoichiometryOf(document: SbmlDocument, rowOf: ReadonlyMap<string, number>): SparseColumns {
  const known = new Set(document.species.map(({ id }) => id));
  const starts = new Int32Array(document.reactions.length + 1);
  const rows: number[] = [];
  const values: number[] = [];
  document.reactions.forEach((reaction, j) => {
    const column = new Map<number, number>();
    for (const [sign, side] of [[-1, reaction.reactants] as const, [1, reaction.products] as const]) {
      for (const { species, stoichiometry, line } of side) {
        if (!known.has(species)) {
          const message = `reaction '${reaction.id}' uses species '${species}', which isn't in the model`;
          throw fault(document, "unknown-species", line, message, { hint: didYouMean(species, known) });
        }
        if (stoichiometry === undefined || !Number.isFinite(stoichiometry))
          throw fault(document, "stoichiometry", line, `reaction '${reaction.id}': '${species}' has no stoichiometry`);
        const row = rowOf.get(species);
        if (row !== undefined) column.set(row, (column.get(row) ?? 0) + sign * stoichiometry);
      }
    }
    for (const [row, value] of [...column].sort(([a], [b]) => a - b)) {
      if (value === 0) continue;
      rows.push(row);
      values.push(value);
    }
    starts[j + 1] = rows.length;
  });
  return { rowCount: rowOf.size, starts, rows: Int32Array.from(rows), values: Float64Array.from(values) };
}

function boundsOf(document: SbmlDocument): FluxBounds {
  const parameters = new Map(document.parameters.map((parameter) => [parameter.id, parameter]));
  const computed = new Set(document.initialAssignments.map(({ symbol }) => symbol));
  const bound = ({ id, line }: Reaction, side: "lower" | "upper", parameter: string | undefined): number => {
    const what = `reaction '${id}': ${side} flux bound`;
    if (parameter === undefined)
      throw fault(document, "missing-bounds", line, `reaction '${id}' has no ${side} flux bound`, {
        hint: `give it fbc:${side}FluxBound, the id of a parameter`,
      });
    const found = parameters.get(parameter);
    if (found === undefined) {
      const hint = didYouMean(parameter, parameters.keys());
      throw fault(document, "missing-bounds", line, `${what} is parameter '${parameter}', which isn't there`, { hint });
    }
    if (computed.has(parameter))
      throw fault(document, "computed-bound", line, `${what} '${parameter}' is set by an initial assignment`);
    if (found.value === undefined || Number.isNaN(found.value))
      throw fault(document, "missing-bounds", found.line, `${what}: parameter '${parameter}' has no value`);
    return found.value;
  };
  const lower = Float64Array.from(document.reactions, (r) => bound(r, "lower", r.lowerFluxBound));
  const upper = Float64Array.from(document.reactions, (r) => bound(r, "upper", r.upperFluxBound));
  document.reactions.forEach(({ id, line }, j) => {
    const [lb = 0, ub = 0] = [lower[j], upper[j]];
    if (lb > ub || lb === Number.POSITIVE_INFINITY || ub === Number.NEGATIVE_INFINITY)
      throw fault(document, "bounds-crossed", line, `reaction '${id}' can take no flux: bounds ${lb} to ${ub}`, {
        hint: "the lower bound must not be above the upper one",
      });
  });
  return { lower, upper };
}

function objectiveOf(document: SbmlDocument): Pick<FluxModel, "objective" | "sense"> {
  const objective = new Float64Array(document.reactions.length);
  const active = activeObjective(document);
  if (active === undefined) return { objective, sense: "maximize" };
  const at = indexById(document.reactions);
  for (const { reaction, coefficient } of active.fluxObjectives) {
    const j = at.get(reaction);
    if (j === undefined) {
      const message = `objective '${active.id}' names reaction '${reaction}', which isn't in the model`;
      throw fault(document, "objective", active.line, message, { hint: didYouMean(reaction, at.keys()) });
    }
    objective[j] = (objective[j] ?? 0) + coefficient;
  }
  return { objective, sense: active.type };
}

function activeObjective({ objectives, activeObjective: id, ...document }: SbmlDocument): Objective | undefined {
  if (id === undefined) return objectives[0];
  const found = objectives.find((objective) => objective.id === id);
  if (found !== undefined) return found;
  const hint = didYouMean(
    id,
    objectives.map((objective) => objective.id),
  );
  throw fault(document, "objective", undefined, `the active objective '${id}' isn't in the model`, { hint });
}
