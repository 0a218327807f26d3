import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import type { RegulatoryGraph } from "./graph.ts";
import type { EdgeAttributes, NodeAttributes } from "./graph-attributes.ts";

export interface NeighbourNode {
  readonly id: string;
  readonly attributes: NodeAttributes;
  /** Hops from the centre: negative upstream (causes), positive downstream (effects). */
  readonly distance: number;
}

export interface NeighbourEdge {
  readonly source: string;
  readonly target: string;
  readonly attributes: EdgeAttributes;
}

export interface Neighbourhood {
  /** Nearest first; the centre is the first. */
  readonly nodes: readonly NeighbourNode[];
  /** Every edge between these nodes. */
  readonly edges: readonly NeighbourEdge[];
}

/**
 * What lies around a node.
 * @param reach hops upstream (what acts on it) and downstream (what it acts on)
 * @throws CellweaveError `graph/unknown-node` with the nearest names
 */
export function neighbourhood(
  { id, graph }: RegulatoryGraph,
  centre: string,
  reach: { readonly up: number; readonly down: number },
): Neighbourhood {
  if (!graph.hasNode(centre)) {
    const hint = didYouMean(centre, graph.nodes());
    throw new CellweaveError(
      "graph/unknown-node",
      `no node '${centre}' in '${id}'`,
      hint === undefined ? {} : { hint },
    );
  }
  const distances = new Map<string, number>([[centre, 0]]);
  spreadFrom(centre, reach.down, 1, (node) => graph.outNeighbors(node), distances);
  spreadFrom(centre, reach.up, -1, (node) => graph.inNeighbors(node), distances);
  const nodes = [...distances]
    .map(([node, distance]) => ({ id: node, attributes: graph.getNodeAttributes(node), distance }))
    .sort((a, b) => Math.abs(a.distance) - Math.abs(b.distance));
  const edges = graph
    .mapEdges((_edge, attributes, source, target) => ({ source, target, attributes }))
    .filter(({ source, target }) => distances.has(source) && distances.has(target));
  return { nodes, edges };
}

function spreadFrom(
  centre: string,
  hops: number,
  direction: 1 | -1,
  next: (node: string) => string[],
  distances: Map<string, number>,
): void {
  let front = [centre];
  for (let hop = 1; hop <= hops; hop++) {
    const fresh = new Set(front.flatMap(next).filter((node) => !distances.has(node)));
    for (const node of fresh) distances.set(node, direction * hop);
    front = [...fresh];
  }
}
