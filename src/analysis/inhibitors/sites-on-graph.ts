import type { RegulatoryDigraph, RegulatoryGraph } from "../../regulation/graph/graph.ts";
import { signValue } from "../../regulation/graph/sign.ts";
import type { SignedEdge } from "../../regulation/in-context/signed-edges.ts";
import type { BreastNames } from "./names.ts";

/** Kinases that the graph calls otherwise than the antibodies' proteins. */
const KINASES: ReadonlyMap<string, string> = new Map([
  ["MAPK", "ERK"],
  ["P70S6K", "S6K"],
  ["CMET", "MET"],
  ["CRAF", "RAF"],
]);

/** A regulatory graph in terms of a table's antibodies: what isn't measured is passed through. */
export interface SitesOnGraph {
  readonly edges: readonly SignedEdge[];
  /** What a drug acts on: the antibody that stands for its target, else the target's node. */
  targetsOf(drug: string): readonly string[];
}

/**
 * Finds the graph's sites among antibodies. The first antibody of a kinase's own site stands for its activity: edges
 * into and out of the kinase are that antibody's.
 */
export function sitesOnGraph(
  { graph }: RegulatoryGraph,
  observables: readonly string[],
  names: BreastNames,
): SitesOnGraph {
  const measured = new Map<string, string>();
  for (const name of observables) {
    const { protein, residues } = names.siteOf(name);
    const node = graph.findNode((id) => {
      const [head, ...sites] = id.split(/_(?=[STY]\d)/);
      return head === protein && sites.some((site) => residues.has(site));
    });
    if (node !== undefined && !measured.has(node)) measured.set(node, name);
    const kinase = KINASES.get(protein) ?? protein;
    if (node !== undefined && graph.hasNode(kinase) && !measured.has(kinase)) measured.set(kinase, name);
  }
  const nameOf = (node: string): string => measured.get(node) ?? node;
  const targetsOf = (drug: string): string[] => (graph.hasNode(drug) ? graph.outNeighbors(drug) : []);
  const drugs = graph.filterNodes((node, { type }) => type === "signal" && targetsOf(node).length > 0);
  const sources = new Set([...measured.keys(), ...drugs.flatMap(targetsOf)]);
  const edges = [...sources].flatMap((source) =>
    [...reached(graph, source, measured)].flatMap(([target, sign]): SignedEdge[] =>
      nameOf(target) === nameOf(source) ? [] : [{ source: nameOf(source), target: nameOf(target), sign }],
    ),
  );
  return { edges, targetsOf: (drug) => targetsOf(drug).map(nameOf) };
}

/** Measured nodes downstream, through nodes that aren't, each with the sign of the shortest path. */
function reached(graph: RegulatoryDigraph, source: string, measured: ReadonlyMap<string, string>) {
  const found = new Map<string, -1 | 0 | 1>();
  const signs = new Map<string, number>([[source, 1]]);
  for (let front = [source]; front.length > 0; ) {
    const next: string[] = [];
    for (const node of front)
      graph.forEachOutEdge(node, (_edge, { sign }, _from, target) => {
        if (signs.has(target)) return;
        const along = (signs.get(node) ?? 0) * signValue(sign);
        signs.set(target, along);
        if (measured.has(target)) found.set(target, along > 0 ? 1 : along < 0 ? -1 : 0);
        else next.push(target);
      });
    front = next;
  }
  return found;
}
