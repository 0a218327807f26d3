import type { GeneRule } from "./gene-rule.ts";

/**
 * A gene rule from text: names, `and`, `or` (any case, also `&` and `|`), brackets; `and` binds tighter.
 * @param geneOf index of a gene by name; called once for each mention
 * @throws Error saying what was found and what was expected
 */
export function parseRule(text: string, geneOf: (name: string) => number): GeneRule {
  const tokens =
    text.match(/[()&|]+|[^\s()&|]+/g)?.flatMap((token) => (/^[()]+$/.test(token) ? [...token] : [token])) ?? [];
  let at = 0;
  const peek = () => tokens[at];
  const isAnd = (token = "") => /^(?:and|&+)$/i.test(token);
  const isOr = (token = "") => /^(?:or|\|+)$/i.test(token);

  const chain = (kind: "and" | "or", part: () => GeneRule, joins: (token?: string) => boolean): GeneRule => {
    const first = part();
    const of = [first];
    while (joins(peek())) {
      at++;
      of.push(part());
    }
    return of.length === 1 ? first : { kind, of };
  };
  const atom = (): GeneRule => {
    const token = tokens[at++];
    if (token === "(") {
      const inner = either();
      const closing = tokens[at++];
      if (closing !== ")") throw new Error(`expected ')' in '${text}', got ${closing ?? "the end"}`);
      return inner;
    }
    if (token === undefined || token === ")" || isAnd(token) || isOr(token))
      throw new Error(`expected a gene or '(' in '${text}', got ${token ?? "the end"}`);
    return { kind: "gene", gene: geneOf(token) };
  };
  const both = () => chain("and", atom, isAnd);
  const either = (): GeneRule => chain("or", both, isOr);
  const rule = either();
  if (at < tokens.length) throw new Error(`expected 'and' or 'or' in '${text}', got ${tokens[at]}`);
  return rule;
}
