import type { CellModule } from "../cell/module.ts";
import { CellweaveError } from "../errors.ts";
import { ambiguousGene, genesNamed } from "../metabolism/model/edits.ts";
import { isMetabolic } from "../metabolism/module/flux-problem.ts";
import type { RegulatoryGraph } from "../regulation/graph/graph.ts";
import { resolveGene } from "../regulation/graph/graph-genes.ts";
import { didYouMean } from "../suggest.ts";
import { errorAt } from "./documents/check.ts";
import { type Path, showPath } from "./documents/problem.ts";
import type { Source } from "./documents/source.ts";
import type { GeneName, Names, ParameterName } from "./perturbation.ts";

/** What a composed cell has names for. */
export interface Vocabulary {
  readonly graph: RegulatoryGraph | undefined;
  /** Labels of all variables of all arms, by id. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  /** Units of the same, where they matter for what a reader is shown. */
  readonly units?: ReadonlyMap<string, string>;
  /** All modules of all arms, by id. */
  readonly modules: ReadonlyMap<string, CellModule>;
}

/** How the medium's parameter for the gas transfer coefficient of a pool ends: `pool:o2_e.kLa`. */
const TRANSFER = ".kLa";

/** Resolves the names in a scenario; what it doesn't know it refuses with place and hint. */
export function namesOf(source: Source, vocabulary: Vocabulary): Names {
  const refuse = (path: Path, code: string, message: string, name: string, known: readonly string[]) =>
    errorAt(source, path, `scenario/${code}`, message, hintFor(name, known));
  return {
    gene: (name, path) => {
      try {
        return geneName(name, vocabulary);
      } catch (error) {
        throw placed(error, source, path);
      }
    },
    variable: (id, path) => {
      const found = variableId(id, vocabulary);
      if (found !== undefined) return found;
      throw refuse(path, "unknown-variable", `the cell has no variable '${id}'`, id, variableNames(vocabulary));
    },
    unit: (id) => vocabulary.units?.get(id),
    parameter: (name, path) => {
      const known = parametersOf(vocabulary);
      const found = known.get(name) ?? acceptedParameter(name, vocabulary);
      if (found !== undefined) return found;
      throw refuse(path, "unknown-parameter", `no module has a parameter '${name}'`, name, [...known.keys()]);
    },
    transfer: (pool, path) => {
      const wanted = `pool:${pool}${TRANSFER}`;
      const known = [...parametersOf(vocabulary).values()].filter(({ parameter }) => parameter.endsWith(TRANSFER));
      const found = known.find(({ parameter }) => parameter === wanted);
      if (found !== undefined) return found;
      const pools = known.map(({ parameter }) => parameter.slice("pool:".length, -TRANSFER.length));
      throw refuse(path, "unknown-pool", `no pool '${pool}' of the medium exchanges with a gas`, pool, pools);
    },
    node: (pool) => metaboliteNode(pool, vocabulary),
  };
}

/** A gene of the graph, one whose expression some module owns, or one of a metabolic model. Without a graph a gene is what the modules call it. */
function geneName(name: string, vocabulary: Vocabulary): GeneName {
  const { graph } = vocabulary;
  const ofModules = () => expressedGene(name, vocabulary) ?? modelGene(name, vocabulary);
  if (graph === undefined) return ofModules() ?? { locus: name, name, node: undefined };
  try {
    const { locus, node, attributes } = resolveGene(graph, name);
    return { locus, name: attributes.name, node };
  } catch (error) {
    const found = ofModules();
    if (found !== undefined) return found;
    throw error;
  }
}

const EXPRESSION = "expression:";

/** What variables can be called: by id, and expression by the gene's name too. */
function variableNames({ variables }: Vocabulary): string[] {
  return [...variables].flatMap(([id, label]) =>
    id.startsWith(EXPRESSION) && label !== undefined ? [id, `${EXPRESSION}${label}`] : [id],
  );
}

/** A gene by its expression variable: by b-number or by label. */
function expressedGene(name: string, { variables }: Vocabulary): GeneName | undefined {
  for (const [id, label] of variables) {
    if (!id.startsWith(EXPRESSION)) continue;
    const locus = id.slice(EXPRESSION.length);
    if (locus === name || label === name) return { locus, name: label ?? locus, node: undefined };
  }
  return undefined;
}

/** A gene of the metabolic models, by locus tag or by the name that they give it. */
function modelGene(name: string, { modules }: Vocabulary): GeneName | undefined {
  const genes = [...modules.values()].filter(isMetabolic).flatMap(({ model }) => {
    const own = model.genes[model.geneIndex.get(name) ?? -1];
    return own === undefined ? genesNamed(model, name) : [own];
  });
  const loci = [...new Set(genes.map(({ id }) => id))];
  const [locus] = loci;
  if (locus === undefined) return undefined;
  if (loci.length > 1) throw ambiguousGene(name, loci, "the cell's metabolic models");
  return { locus, name: genes[0]?.name ?? locus, node: undefined };
}

/** `expression:sdhA` means `expression:b0723`. */
function variableId(id: string, vocabulary: Vocabulary): string | undefined {
  if (vocabulary.variables.has(id)) return id;
  if (!id.startsWith(EXPRESSION)) return undefined;
  try {
    const resolved = EXPRESSION + geneName(id.slice(EXPRESSION.length), vocabulary).locus;
    return vocabulary.variables.has(resolved) ? resolved : undefined;
  } catch {
    return undefined;
  }
}

/** The pool `o2_e` is the metabolite `o2` in compartment e. */
function metaboliteNode(pool: string, { graph }: Vocabulary): string | undefined {
  const metabolite = pool.replace(/_[a-z]+$/, "");
  return graph?.graph.hasNode(metabolite) === true ? metabolite : undefined;
}

/** Parameters of all modules by `module.parameter`. */
function parametersOf({ modules }: Vocabulary): Map<string, ParameterName> {
  const all = [...modules.values()].flatMap(({ id, parameters = [] }) =>
    parameters.map((parameter) => ({ module: id, parameter })),
  );
  return new Map(all.map((entry) => [`${entry.module}.${entry.parameter}`, entry]));
}

/** A parameter that a module takes without listing it: every free parameter of an SBML model. */
function acceptedParameter(name: string, { modules }: Vocabulary): ParameterName | undefined {
  const [id = "", parameter = ""] = name.split(/\.(.*)/s);
  const accepts = modules.get(id)?.accepts({ kind: "parameter", module: id, parameter, value: 1 }) === true;
  return accepts ? { module: id, parameter } : undefined;
}

function placed(error: unknown, source: Source, path: Path): unknown {
  if (!(error instanceof CellweaveError)) return error;
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  return new CellweaveError(error.code, `${showPath(path)}: ${error.message}`, { place: source.place(path), ...hint });
}

function hintFor(name: string, known: readonly string[]): string | undefined {
  const near = didYouMean(name, known);
  if (near !== undefined || known.length === 0) return near;
  return known.length <= 12 ? `known: ${known.join(", ")}` : undefined;
}
