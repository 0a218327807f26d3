import type { RegulatoryGraph } from "./graph/graph.ts";

/**
 * Finds the b-number a gene goes by among a regulator's genes: by b-number, by the name its card has, or by any name
 * the graph knows it under.
 * @param geneNames names by b-number, as the card has them
 */
export function geneLookup(
  geneNames: ReadonlyMap<string, string>,
  network?: RegulatoryGraph,
): (name: string) => string | undefined {
  const loci = new Map<string, string>();
  network?.graph.forEachNode((_node, { type, locus, name, synonyms = [] }) => {
    if (type !== "gene" || locus === undefined) return;
    for (const known of [...synonyms, name]) loci.set(known.toLowerCase(), locus);
  });
  for (const [locus, name] of geneNames) {
    loci.set(name.toLowerCase(), locus);
    loci.set(locus.toLowerCase(), locus);
  }
  return (name) => loci.get(name.toLowerCase());
}
