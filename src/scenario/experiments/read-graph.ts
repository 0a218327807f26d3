import { type RegulatoryGraph, regulatoryGraph } from "../../regulation/graph/graph.ts";
import { parseRegulatoryFile } from "../../regulation/graph/graph-file.ts";
import { signValue } from "../../regulation/graph/sign.ts";
import type { SignedEdge } from "../../regulation/in-context/signed-edges.ts";
import { parseEdges } from "./read-edges.ts";

/**
 * Edges from a file: a regulatory graph where its name ends in `.json`, else a table.
 * @param variables of the table that the edges are for: a node is called as the variable that it is
 * @throws CellweaveError `edges/...`, `csv/...` or `graph/...`
 */
export function parseGraph(text: string, file: string, variables: readonly string[]): SignedEdge[] {
  if (!/\.json$/i.test(file)) return parseEdges(text, file);
  return edgesOfGraph(regulatoryGraph(parseRegulatoryFile(text, file)), variables);
}

/** A regulatory graph's edges by names of variables; a gene and its protein are one. */
function edgesOfGraph({ graph }: RegulatoryGraph, variables: readonly string[]): SignedEdge[] {
  const known = new Set(variables);
  const names = new Map(
    graph.mapNodes((node, { name, locus, synonyms = [] }) => {
      const called = [node, name, ...(locus === undefined ? [] : [locus]), ...synonyms];
      return [node, called.find((each) => known.has(each)) ?? name] as const;
    }),
  );
  return graph
    .mapEdges((_edge, { sign }, from, to): SignedEdge => {
      const [source, target] = [names.get(from) ?? from, names.get(to) ?? to];
      return { source, target, sign: signValue(sign) };
    })
    .filter(({ source, target }) => source !== target);
}
