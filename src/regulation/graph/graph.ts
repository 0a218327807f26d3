import graphology from "graphology";
import type { AbstractGraph } from "graphology-types";
import { CellweaveError } from "../../errors.ts";
import type { EdgeAttributes, NodeAttributes } from "./graph-attributes.ts";
import type { RegulatoryFile } from "./graph-file.ts";

export type RegulatoryDigraph = AbstractGraph<NodeAttributes, EdgeAttributes>;

/** Genes, regulators, effectors and iModulons with signed edges from cause to effect. */
export interface RegulatoryGraph {
  readonly id: string;
  readonly name: string;
  /** Where the facts come from. */
  readonly source: readonly string[];
  readonly graph: RegulatoryDigraph;
}

/**
 * A graphology graph from a checked file.
 * @throws CellweaveError `graph/duplicate-node`, `graph/duplicate-edge`, `graph/unknown-node` with the index of the entry
 */
export function regulatoryGraph({ id, name, source, nodes, edges }: RegulatoryFile): RegulatoryGraph {
  const graph: RegulatoryDigraph = new graphology.DirectedGraph<NodeAttributes, EdgeAttributes>();
  for (const [i, { id: node, ...attributes }] of nodes.entries()) {
    if (graph.hasNode(node)) throw new CellweaveError("graph/duplicate-node", `nodes[${i}]: id '${node}' is taken`);
    graph.addNode(node, attributes);
  }
  for (const [i, { source: from, target, ...attributes }] of edges.entries()) {
    for (const [end, node] of [
      ["source", from],
      ["target", target],
    ] as const) {
      if (!graph.hasNode(node))
        throw new CellweaveError("graph/unknown-node", `edges[${i}]: ${end} '${node}' is not among the nodes`);
    }
    if (graph.hasEdge(from, target))
      throw new CellweaveError("graph/duplicate-edge", `edges[${i}]: '${from}' to '${target}' is there already`, {
        hint: "join the two into one edge, with sign '+-' where they differ",
      });
    graph.addDirectedEdge(from, target, attributes);
  }
  return { id, name, source, graph };
}
