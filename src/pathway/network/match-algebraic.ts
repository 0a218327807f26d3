import type { SymbolNode } from "mathjs";
import type { Rule, SbmlDocument } from "../../sbml/document.ts";
import { nodesOf } from "../../sbml/math-names.ts";
import { pathwayError } from "../refuse.ts";

/** A quantity that an algebraic rule may determine; the lower `cost`, the rather it is taken. */
export interface Candidate {
  readonly id: string;
  readonly cost: number;
}

/**
 * Finds for each algebraic rule the one quantity that it determines: a matching between rules and the free quantities
 * they name, directly or through assignment rules (SBML L3V2 Core, section 4.9.2 and appendix B).
 *
 * Throws `sbml/overdetermined` where some rule has none left (SBML rule 10601).
 * @returns ids in the order of the algebraic rules
 */
export function matchAlgebraicRules(document: SbmlDocument, candidates: readonly Candidate[]): string[] {
  const rules = document.rules.filter((r) => r.kind === "algebraic");
  const cost = new Map(candidates.map((c) => [c.id, c.cost]));
  const assigned = new Map(document.rules.filter((r) => r.kind === "assignment").map((r) => [r.variable, r]));
  const choices = rules.map((rule) => {
    const names = [...namesIn(rule, assigned)].filter((id) => cost.has(id));
    return names.sort((a, b) => (cost.get(a) ?? 0) - (cost.get(b) ?? 0));
  });
  const taken = new Map<string, number>();
  rules.forEach((rule, i) => {
    if (!augment(i, choices, taken, new Set()))
      throw pathwayError(
        document,
        rule.line,
        "sbml/overdetermined",
        "The algebraic rule determines no quantity that is free",
        "every algebraic rule needs one quantity that is not constant and that nothing else determines (SBML rule 10601)",
      );
  });
  const out = rules.map(() => "");
  for (const [id, rule] of taken) out[rule] = id;
  return out;
}

/** One round of Kuhn's matching: rule `i` takes a free quantity, or moves another rule to its next choice. */
function augment(
  i: number,
  choices: readonly (readonly string[])[],
  taken: Map<string, number>,
  tried: Set<string>,
): boolean {
  for (const id of choices[i] ?? []) {
    if (tried.has(id)) continue;
    tried.add(id);
    const holder = taken.get(id);
    if (holder !== undefined && !augment(holder, choices, taken, tried)) continue;
    taken.set(id, i);
    return true;
  }
  return false;
}

function namesIn(rule: Rule, assigned: ReadonlyMap<string, Rule>): Set<string> {
  const names = new Set<string>();
  const open: Rule[] = [rule];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const node of nodesOf(next.math)) {
      if (node.type !== "SymbolNode") continue;
      const { name } = node as SymbolNode;
      if (names.has(name)) continue;
      names.add(name);
      const behind = assigned.get(name);
      if (behind !== undefined) open.push(behind);
    }
  }
  return names;
}
