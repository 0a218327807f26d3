import { type GeneRule, genesOf } from "../model/gene-rule.ts";

/**
 * How much enzyme a rule leaves, relative to the reference state.
 *
 * A complex has as much as its scarcest subunit (minimum); isoenzymes add up, each with its share of the reference
 * activity. Shares add to 1, so that expression 1 everywhere gives capacity 1; they are equal unless weights are given.
 */
export type Capacity =
  | { readonly kind: "gene"; readonly gene: number }
  | { readonly kind: "minimum"; readonly of: readonly Capacity[] }
  | { readonly kind: "sum"; readonly of: readonly Capacity[]; readonly shares: Float64Array };

/**
 * The capacity of a rule. An isoenzyme that is another one plus further subunits adds nothing to it (absorption:
 * `a or (a and b)` is `a`), so that an optional subunit takes no share.
 * @param weightOf weight of an isoenzyme, asked with the genes it needs; 1 for all where absent
 */
export function capacityOf(rule: GeneRule, weightOf: (genes: readonly number[]) => number = () => 1): Capacity {
  if (rule.kind === "gene") return rule;
  if (rule.kind === "and") return { kind: "minimum", of: rule.of.map((part) => capacityOf(part, weightOf)) };
  const parts = absorbed(flattened(rule.of));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return capacityOf(only, weightOf);
  const weights = parts.map((part) => weightOf(genesOf(part)));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const shares = Float64Array.from(weights, (w) => (total > 0 ? w / total : 1 / parts.length));
  return { kind: "sum", of: parts.map((part) => capacityOf(part, weightOf)), shares };
}

/**
 * Relative enzyme capacity, 1 at the reference.
 * @param expression relative to reference, shape [genes]
 */
export function capacityAt(capacity: Capacity, expression: Float64Array): number {
  if (capacity.kind === "gene") return expression[capacity.gene] ?? 1;
  if (capacity.kind === "minimum") {
    let least = Number.POSITIVE_INFINITY;
    for (const part of capacity.of) least = Math.min(least, capacityAt(part, expression));
    return least;
  }
  let sum = 0;
  for (let k = 0; k < capacity.of.length; k++) {
    const part = capacity.of[k];
    if (part !== undefined) sum += (capacity.shares[k] ?? 0) * capacityAt(part, expression);
  }
  return sum;
}

function flattened(alternatives: readonly GeneRule[]): GeneRule[] {
  return alternatives.flatMap((part) => (part.kind === "or" ? flattened(part.of) : [part]));
}

/** The genes of a plain complex, or undefined where the part is nested. */
function complex(part: GeneRule): number[] | undefined {
  if (part.kind === "gene") return [part.gene];
  if (part.kind === "or" || part.of.some((inner) => inner.kind === "or")) return undefined;
  return part.of.some((inner) => inner.kind !== "gene" && complex(inner) === undefined) ? undefined : genesOf(part);
}

function absorbed(alternatives: readonly GeneRule[]): GeneRule[] {
  const needs = alternatives.map((part) => {
    const genes = complex(part);
    return genes === undefined ? undefined : new Set(genes);
  });
  return alternatives.filter((_, k) => {
    const mine = needs[k];
    if (mine === undefined) return true;
    return !needs.some((other, l) => {
      if (other === undefined || l === k || other.size > mine.size) return false;
      return (other.size < mine.size || l < k) && [...other].every((gene) => mine.has(gene));
    });
  });
}
