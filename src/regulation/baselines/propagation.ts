import type { RegulatoryGraph } from "../graph/graph.ts";
import { geneNode } from "../graph/graph-genes.ts";
import { signValue } from "../graph/sign.ts";
import type { KnockoutQuery } from "./example.ts";
import type { Feature } from "./linear.ts";

export interface PropagationOptions {
  /** iModulons of the examples, in order; nodes `imodulon:<name>` of the graph. */
  readonly iModulons: readonly string[];
  /** What an influence keeps with each regulation it passes; default 0.5. */
  readonly decay?: number;
  /** Edges followed at most; default 4: gene, protein, gene of another regulator, its protein, iModulon. */
  readonly hops?: number;
}

/**
 * Influence of a deleted gene on iModulons along the graph: from the gene to the protein it encodes, to what that
 * regulates, to the proteins encoded there, and so on. Loss of an activator passes on as loss, loss of a repressor as
 * gain, an edge of unknown sign as loss. Influences of several paths add; several deleted genes add.
 */
export function propagation(
  network: RegulatoryGraph,
  { iModulons, decay = 0.5, hops = 4 }: PropagationOptions,
): Feature {
  const known = new Map<string, Float64Array>();
  const ofGene = (gene: string): Float64Array => {
    const found = known.get(gene) ?? influence(network, gene, iModulons, decay, hops);
    known.set(gene, found);
    return found;
  };
  return {
    name: "influence on the graph",
    prepare: () => (query: KnockoutQuery) => {
      const total = new Float64Array(iModulons.length);
      for (const gene of query.genes) {
        const part = ofGene(gene);
        for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + (part[i] ?? 0);
      }
      return total;
    },
  };
}

function influence(
  network: RegulatoryGraph,
  gene: string,
  iModulons: readonly string[],
  decay: number,
  hops: number,
): Float64Array {
  const { graph } = network;
  const total = new Map<string, number>();
  const start = geneNode(network, gene);
  let front = new Map<string, number>(start === undefined ? [] : [[start, -1]]);
  for (let hop = 0; hop < hops && front.size > 0; hop++) {
    const next = new Map<string, number>();
    for (const [node, amount] of front) {
      graph.forEachOutEdge(node, (_edge, { sign, type }, _source, target) => {
        const passed = amount * (type === "regulates" ? decay : 1) * (sign === "?" ? 1 : signValue(sign));
        next.set(target, (next.get(target) ?? 0) + passed);
      });
    }
    for (const [node, amount] of next) total.set(node, (total.get(node) ?? 0) + amount);
    front = next;
  }
  return Float64Array.from(iModulons, (name) => total.get(`imodulon:${name}`) ?? 0);
}
