import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import { copyBounds, type FluxBounds, type FluxGene, type FluxModel } from "./flux-model.ts";
import { holds } from "./gene-rule.ts";

/** Index of a reaction. @throws CellweaveError with near names where there is none */
export function reactionAt(model: FluxModel, id: string): number {
  return at(model.reactionIndex, "reaction", id, model);
}

/** Index of a metabolite. @throws CellweaveError with near names where there is none */
export function metaboliteAt(model: FluxModel, id: string): number {
  return at(model.metaboliteIndex, "metabolite", id, model);
}

/**
 * Index of a gene, by locus tag or by name.
 * @throws CellweaveError with near names where there is none, with all candidates where several have the name
 */
export function geneAt(model: FluxModel, gene: string): number {
  const known = model.geneIndex.get(gene);
  if (known !== undefined) return known;
  const [first, ...others] = genesNamed(model, gene);
  if (first !== undefined && others.length === 0) return model.geneIndex.get(first.id) ?? -1;
  if (first !== undefined)
    throw ambiguousGene(
      gene,
      [first, ...others].map(({ id }) => id),
      `model '${model.id}'`,
    );
  const names = model.genes.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return at(model.geneIndex, "gene", gene, model, names);
}

/** Genes by their name, which the model need not give once only. */
export function genesNamed({ genes }: Pick<FluxModel, "genes">, name: string): FluxGene[] {
  return genes.filter((gene) => gene.name === name);
}

/** What to throw where a name means several genes. */
export function ambiguousGene(name: string, loci: readonly string[], where: string): CellweaveError {
  const message = `'${name}' names ${loci.length} genes of ${where}: ${loci.join(", ")}`;
  return new CellweaveError("metabolism/ambiguous-gene", message, { hint: "say which by its locus tag" });
}

function at(
  index: ReadonlyMap<string, number>,
  what: string,
  id: string,
  model: FluxModel,
  also: readonly string[] = [],
): number {
  const found = index.get(id);
  if (found !== undefined) return found;
  const known = [...index.keys(), ...also];
  const hint = didYouMean(id, known) ?? containing(id, known) ?? examples(what, known);
  throw new CellweaveError(`metabolism/unknown-${what}`, `no ${what} '${id}' in model '${model.id}'`, { hint });
}

/** Names that have all the words of a text in them, in any case. */
function containing(text: string, known: readonly string[]): string | undefined {
  const words = text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1);
  if (words.length === 0) return undefined;
  const names = known.filter((name) => words.every((word) => name.toLowerCase().includes(word))).slice(0, 3);
  return names.length === 0 ? undefined : `did you mean ${names.map((name) => `'${name}'`).join(" or ")}?`;
}

function examples(what: string, known: readonly string[]): string {
  if (known.length === 0) return `the model has no ${what}`;
  const some = known.slice(0, 3).join(", ");
  return `the model's ids are such as ${some}; upper and lower case count`;
}

/** Reactions whose rule no longer holds without these genes, ascending. */
export function reactionsWithout(model: FluxModel, genes: readonly number[]): number[] {
  const absent = new Uint8Array(model.genes.length);
  for (const gene of genes) absent[gene] = 1;
  return model.reactions.flatMap(({ rule }, j) => (rule !== undefined && !holds(rule, absent) ? [j] : []));
}

/** Bounds with these reactions at zero. */
export function closed(bounds: FluxBounds, reactions: readonly number[]): FluxBounds {
  const out = copyBounds(bounds);
  for (const j of reactions) {
    out.lower[j] = 0;
    out.upper[j] = 0;
  }
  return out;
}

/** Bounds of a strain that lacks these genes, by locus tag or name. @throws CellweaveError for an unknown gene */
export function knockout(model: FluxModel, genes: readonly string[], bounds: FluxBounds = model.bounds): FluxBounds {
  return closed(
    bounds,
    reactionsWithout(
      model,
      genes.map((gene) => geneAt(model, gene)),
    ),
  );
}

/** Bounds with one reaction's changed. @throws CellweaveError for an unknown reaction or crossed bounds */
export function bounded(
  model: FluxModel,
  bounds: FluxBounds,
  reaction: string,
  lower: number,
  upper: number,
): FluxBounds {
  const j = reactionAt(model, reaction);
  if (!(lower <= upper))
    throw new CellweaveError("metabolism/bounds-crossed", `bounds of '${reaction}': ${lower} is above ${upper}`, {
      hint: "the lower bound comes first and must not be above the upper one",
    });
  const out = copyBounds(bounds);
  out.lower[j] = lower;
  out.upper[j] = upper;
  return out;
}

/** The model with one reaction as its objective, to be maximised. @throws CellweaveError for an unknown reaction */
export function withObjective(model: FluxModel, reaction: string): FluxModel {
  const objective = new Float64Array(model.reactions.length);
  objective[reactionAt(model, reaction)] = 1;
  return { ...model, objective, sense: "maximize" };
}
