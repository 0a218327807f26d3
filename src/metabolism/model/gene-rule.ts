import type { CellweaveError } from "../../errors.ts";
import type { GeneAssociation } from "../../sbml/document.ts";

/** A boolean rule over genes, by index into the model's genes: `and` is a complex, `or` are isoenzymes. */
export type GeneRule =
  | { readonly kind: "gene"; readonly gene: number }
  | { readonly kind: "and" | "or"; readonly of: readonly GeneRule[] };

/**
 * A rule with gene indices in place of names.
 * @throws CellweaveError where `indexOf` knows no gene of that name
 */
export function geneRule(
  association: GeneAssociation,
  indexOf: (geneProduct: string) => number | undefined,
  unknown: (geneProduct: string) => CellweaveError,
): GeneRule {
  if (association.kind === "gene") {
    const gene = indexOf(association.geneProduct);
    if (gene === undefined) throw unknown(association.geneProduct);
    return { kind: "gene", gene };
  }
  return { kind: association.kind, of: association.of.map((part) => geneRule(part, indexOf, unknown)) };
}

/** Indices of the genes a rule names, ascending. */
export function genesOf(rule: GeneRule): number[] {
  const found = new Set<number>();
  const visit = (part: GeneRule): void => {
    if (part.kind === "gene") found.add(part.gene);
    else part.of.forEach(visit);
  };
  visit(rule);
  return [...found].sort((a, b) => a - b);
}

/**
 * Whether a functional enzyme is left.
 * @param absent 1 where a gene is deleted, shape [genes]
 */
export function holds(rule: GeneRule, absent: Uint8Array): boolean {
  if (rule.kind === "gene") return absent[rule.gene] !== 1;
  return rule.kind === "and"
    ? rule.of.every((part) => holds(part, absent))
    : rule.of.some((part) => holds(part, absent));
}

/** A rule as text, `(b1 and b2) or b3`. */
export function ruleText(rule: GeneRule, genes: readonly { readonly id: string }[]): string {
  if (rule.kind === "gene") return genes[rule.gene]?.id ?? "";
  const inner = (part: GeneRule) => (part.kind === "gene" ? ruleText(part, genes) : `(${ruleText(part, genes)})`);
  return rule.of.map(inner).join(` ${rule.kind} `);
}
