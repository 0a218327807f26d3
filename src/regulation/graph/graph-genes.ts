import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import type { RegulatoryGraph } from "./graph.ts";
import type { NodeAttributes } from "./graph-attributes.ts";

/** A gene of a graph. */
export interface GraphGene {
  /** Node id. */
  readonly node: string;
  /** b-number; the node's id where the file gives none. */
  readonly locus: string;
  readonly attributes: NodeAttributes;
}

/**
 * A gene by name, b-number or synonym; exact case first, then any case.
 * @throws CellweaveError `graph/unknown-gene` with the nearest names; `graph/ambiguous-gene` where several answer
 */
export function resolveGene(graph: RegulatoryGraph, name: string): GraphGene {
  const names = geneNames(graph);
  const exact = names.filter((entry) => entry.name === name);
  const folded = names.filter((entry) => entry.name.toLowerCase() === name.toLowerCase());
  const found = new Map((exact.length > 0 ? exact : folded).map(({ gene }) => [gene.node, gene]));
  const [first] = found.values();
  if (first === undefined) {
    const hint = didYouMean(
      name,
      names.map((entry) => entry.name),
    );
    throw new CellweaveError("graph/unknown-gene", `no gene '${name}' in '${graph.id}'`, {
      hint: hint ?? "genes are named as in arcA, by b-number as in b4401, or by a synonym",
    });
  }
  if (found.size > 1)
    throw new CellweaveError("graph/ambiguous-gene", `'${name}' is the name of several genes in '${graph.id}'`, {
      hint: `use a b-number: ${[...found.values()].map(({ locus }) => locus).join(", ")}`,
    });
  return first;
}

/** The node of a gene named in any of its ways; undefined where there is none, or more than one. */
export function geneNode(network: RegulatoryGraph, name: string): string | undefined {
  try {
    return resolveGene(network, name).node;
  } catch {
    return undefined;
  }
}

function geneNames({ graph }: RegulatoryGraph): { name: string; gene: GraphGene }[] {
  return graph
    .mapNodes((node, attributes) => ({ node, attributes }))
    .flatMap(({ node, attributes }) => {
      if (attributes.type !== "gene") return [];
      const { name, locus = node, synonyms = [] } = attributes;
      const gene = { node, locus, attributes };
      return [...new Set([node, name, locus, ...synonyms])].map((known) => ({ name: known, gene }));
    });
}

/** Regulators whose protein a gene encodes. */
export function encodedBy({ graph }: RegulatoryGraph, node: string): string[] {
  return graph
    .mapOutEdges(node, (_edge, { type }, _source, target) => ({ type, target }))
    .filter(({ type }) => type === "encodes")
    .map(({ target }) => target);
}
