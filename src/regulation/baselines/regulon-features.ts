import type { RegulatoryGraph } from "../graph/graph.ts";
import { encodedBy, geneNode } from "../graph/graph-genes.ts";
import { signValue } from "../graph/sign.ts";
import type { KnockoutQuery } from "./example.ts";
import type { Feature } from "./linear.ts";

/**
 * The mode of the deleted regulator, for the iModulons that it regulates: 1 where it only activates, -1 where it only
 * represses, over its whole regulon.
 * @param iModulons of the examples, in order; nodes `imodulon:<name>` of the graph
 */
export function regulonMode(network: RegulatoryGraph, iModulons: readonly string[]): Feature {
  const regulators = iModulons.map((name) => regulatorsOf(network, name));
  return {
    name: "mode of the regulon",
    prepare:
      () =>
      ({ genes, own }: KnockoutQuery) => {
        const encoded = new Set(genes.flatMap((gene) => encodedRegulators(network, gene)));
        return Float64Array.from(regulators, (named, i) => {
          const lost = own[i] === 1 ? named.filter((regulator) => encoded.has(regulator)).at(-1) : undefined;
          return lost === undefined ? 0 : modeOf(network, lost, 0);
        });
      },
  };
}

/**
 * What the loss of a regulator (or of the kinase that phosphorylates it) does to other regulators' genes, carried on to
 * the iModulons of those with their mode; nothing for the deleted gene's own regulon.
 */
export function regulatorsOfRegulators(network: RegulatoryGraph, iModulons: readonly string[]): Feature {
  const regulators = iModulons.map((name) => regulatorsOf(network, name));
  return {
    name: "regulators of regulators",
    prepare:
      () =>
      ({ genes, own }: KnockoutQuery) => {
        const change = changedRegulators(network, genes);
        return Float64Array.from(regulators, (named, i) => {
          if (own[i] === 1 || named.length === 0) return 0;
          const sum = named.reduce((s, r) => s + (change.get(r) ?? 0) * modeOf(network, r, 1), 0);
          return sum / named.length;
        });
      },
  };
}

/**
 * What the loss of regulators does to the genes that make up each iModulon, by the genes' weights: minus what they
 * activate, plus what they repress; zero where the network doesn't say, and for the deleted gene's own regulon.
 */
export function regulonReach(network: RegulatoryGraph, iModulons: readonly string[]): Feature {
  return {
    name: "reach of the regulon",
    prepare:
      () =>
      ({ genes, own }: KnockoutQuery) => {
        const reached = new Float64Array(iModulons.length);
        for (const regulator of lostRegulators(network, genes)) {
          const shares = network.graph.hasNode(regulator)
            ? network.graph.getNodeAttribute(regulator, "reach")
            : undefined;
          for (const [i, name] of iModulons.entries())
            if (own[i] !== 1) reached[i] = (reached[i] ?? 0) - (shares?.get(name) ?? 0);
        }
        return reached;
      },
  };
}

/** Regulators that deleted genes encode or phosphorylate. */
export function lostRegulators(network: RegulatoryGraph, genes: readonly string[]): ReadonlySet<string> {
  return new Set(
    genes.flatMap((gene) => [...encodedRegulators(network, gene), ...targets(network, gene, "phosphorylates")]),
  );
}

/** Change of each regulator's production when genes are lost: minus the sign of what the lost regulators did to it. */
function changedRegulators(network: RegulatoryGraph, genes: readonly string[]): Map<string, number> {
  const { graph } = network;
  const lost = lostRegulators(network, genes);
  const change = new Map<string, number>();
  for (const regulator of lost) {
    if (!graph.hasNode(regulator)) continue;
    graph.forEachOutEdge(regulator, (_edge, { sign, type }, _source, gene) => {
      if (type !== "regulates" || graph.getNodeAttribute(gene, "type") !== "gene") return;
      for (const other of encodedBy(network, gene)) {
        if (!lost.has(other))
          change.set(other, (change.get(other) ?? 0) - signValue(sign) / encodingGenes(network, other));
      }
    });
  }
  return change;
}

function regulatorsOf({ graph }: RegulatoryGraph, iModulon: string): string[] {
  const node = `imodulon:${iModulon}`;
  if (!graph.hasNode(node)) return [];
  return graph
    .mapInEdges(node, (_edge, { type }, source) => (type === "regulates" ? source : undefined))
    .filter((source) => source !== undefined);
}

function encodedRegulators(network: RegulatoryGraph, gene: string): string[] {
  return targets(network, gene, "encodes");
}

function targets(network: RegulatoryGraph, gene: string, type: string): string[] {
  const node = geneNode(network, gene);
  if (node === undefined) return [];
  return network.graph
    .mapOutEdges(node, (_edge, attributes, _source, target) => (attributes.type === type ? target : undefined))
    .filter((target) => target !== undefined);
}

/** How many genes encode a regulator. */
export function encodingGenes({ graph }: RegulatoryGraph, regulator: string): number {
  return graph.inEdges(regulator).filter((edge) => graph.getEdgeAttribute(edge, "type") === "encodes").length;
}

function modeOf({ graph }: RegulatoryGraph, regulator: string, unknown: number): number {
  return graph.getNodeAttribute(regulator, "mode") ?? unknown;
}
