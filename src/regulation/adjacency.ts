import type { RegulatoryGraph } from "./graph.ts";
import { signValue } from "./sign.ts";

/** A graph's edges as arrays (coordinate form). */
export interface Adjacency {
  /** Node ids; the arrays hold indices into it. */
  readonly nodes: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  /** Shape [edges]. */
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  /** 1 activation, -1 repression, 0 both or unknown; shape [edges]. */
  readonly signs: Int8Array;
}

export function adjacency({ graph }: RegulatoryGraph): Adjacency {
  const nodes = graph.nodes();
  const index = new Map(nodes.map((node, i) => [node, i]));
  const edges = graph.mapEdges((_edge, { sign }, source, target) => ({ sign, source, target }));
  return {
    nodes,
    index,
    sources: Int32Array.from(edges, ({ source }) => index.get(source) ?? -1),
    targets: Int32Array.from(edges, ({ target }) => index.get(target) ?? -1),
    signs: Int8Array.from(edges, ({ sign }) => signValue(sign)),
  };
}
