import { geneLookup } from "../gene-tokens.ts";
import { genotypeKey } from "../genotype.ts";
import type { RegulatoryGraph } from "../graph/graph.ts";
import { type Card, geneNamesOf } from "../trained/card.ts";

/** Whether a regulator is asked about what it was trained on (IN), near it (EDGE) or beyond it (OUT). */
export type RangeCode = "IN" | "EDGE" | "OUT";

export interface Range {
  readonly code: RangeCode;
  /** Why it is not IN, one sentence each. */
  readonly reasons: readonly string[];
}

export const IN: Range = Object.freeze({ code: "IN", reasons: [] });

/** A gene whose product differs from the wild type's: its b-number and its level relative to it. */
export interface Perturbed {
  readonly gene: string;
  readonly level: number;
}

/** Judges a set of perturbed genes. */
export type RangeJudge = (perturbed: readonly Perturbed[]) => Range;

/**
 * Hops on the graph, edges taken both ways, within which a seen deletion counts as near: gene, protein, a target they
 * share, the other protein, its gene.
 */
const NEAR = 4;

/**
 * A judge of perturbations from what a regulator's card says it has seen.
 *
 * IN: nothing but single deletions (or partial losses) that were in training, or a combination that was. EDGE: more
 * product than in the wild type, a combination of seen deletions, a gene near a seen one on the graph, or one that
 * encodes no regulator. OUT: a gene without a token, or a regulator far from every deletion seen.
 */
export function rangeJudge(card: Card, network?: RegulatoryGraph): RangeJudge {
  const names = geneNamesOf(card);
  const locusOf = geneLookup(names, network);
  const seen = new Set(
    card.seen.genotypes.map((genotype) => genotypeKey(genotype.split("+").map((g) => locusOf(g) ?? g))),
  );
  const deleted = new Set(card.seen.genotypes.flatMap((genotype) => genotype.split("+")).map((g) => locusOf(g) ?? g));
  const near = network === undefined ? new Map<string, number>() : distances(network, deleted);
  const nameOf = (gene: string): string => names.get(gene) ?? gene;
  const single = ({ gene, level }: Perturbed): Range => {
    if (!names.has(gene)) return { code: "OUT", reasons: [`the regulator has no token for ${gene}`] };
    if (level > 1) return { code: "EDGE", reasons: [`more ${nameOf(gene)} than in the wild type was not in training`] };
    if (deleted.has(gene)) return IN;
    const never = `${nameOf(gene)} was never deleted in training`;
    if (network !== undefined && !actsOnGenes(network, gene))
      return { code: "EDGE", reasons: [`${never} and encodes no regulator: its loss acts through metabolism alone`] };
    const hops = near.get(gene) ?? Number.POSITIVE_INFINITY;
    if (hops <= NEAR) return { code: "EDGE", reasons: [`${never}, a gene ${hops} edges away on the graph was`] };
    return { code: "OUT", reasons: [`${never}, nor was anything near it on the graph`] };
  };
  return (perturbed) => {
    const each = perturbed.map(single);
    const reasons = each.flatMap((range) => range.reasons);
    const code = worst(each.map((range) => range.code));
    if (code !== "IN" || perturbed.length < 2 || seen.has(genotypeKey(perturbed.map(({ gene }) => gene))))
      return { code, reasons };
    const together = perturbed.map(({ gene }) => nameOf(gene)).join(" and ");
    return { code: "EDGE", reasons: [`${together} were never perturbed together in training`] };
  };
}

/** The one farthest from training. */
export function worst(codes: readonly RangeCode[]): RangeCode {
  if (codes.includes("OUT")) return "OUT";
  return codes.includes("EDGE") ? "EDGE" : "IN";
}

/** Hops from the nearest of some genes to every gene, by b-number, edges taken both ways. */
function distances({ graph }: RegulatoryGraph, from: ReadonlySet<string>): Map<string, number> {
  const hops = new Map<string, number>();
  let front = graph.filterNodes((_node, { locus }) => locus !== undefined && from.has(locus));
  for (const node of front) hops.set(node, 0);
  for (let hop = 1; front.length > 0; hop++) {
    const next = new Set(front.flatMap((node) => graph.neighbors(node)).filter((node) => !hops.has(node)));
    for (const node of next) hops.set(node, hop);
    front = [...next];
  }
  return new Map(
    [...hops].flatMap(([node, hop]) => {
      const { locus } = graph.getNodeAttributes(node);
      return locus === undefined ? [] : [[locus, hop] as const];
    }),
  );
}

function actsOnGenes({ graph }: RegulatoryGraph, gene: string): boolean {
  const node = graph.findNode((_node, { locus }) => locus === gene);
  return node !== undefined && graph.outDegree(node) > 0;
}
