import type { Range } from "../range/range.ts";
import type { Context, Query } from "./design.ts";

/** Fewer different interventions than this teach little of any other. */
const FEW = 3;

/**
 * Whether experiments bear on a query. IN: every target was perturbed in them. EDGE: a target never was, but it is
 * measured, or its edges say what it acts on, be it only what something perturbed acts on, too. OUT: nothing is known of a target, or hardly anything was perturbed.
 */
export function queryRange({ experiments, edges }: Context, { interventions }: Query): Range {
  const perturbed = new Set(experiments.conditions.flatMap((c) => c.interventions.map(({ target }) => target)));
  if (perturbed.size < FEW)
    return {
      code: "OUT",
      reasons: [
        `${perturbed.size} different target${perturbed.size === 1 ? " was" : "s were"} perturbed; ${FEW} are the least`,
      ],
    };
  // Nodes that the table lacks, but that something perturbed acts on.
  const touched = new Set([...perturbed].flatMap((target) => [...(edges.beyond.get(target)?.keys() ?? [])]));
  const isKin = (target: string) => [...(edges.beyond.get(target)?.keys() ?? [])].some((node) => touched.has(node));
  const unknown: string[] = [];
  const unseen: string[] = [];
  for (const { target } of interventions) {
    if (perturbed.has(target)) continue;
    const known = experiments.variables.includes(target) || edges.outside.has(target) || isKin(target);
    (known ? unseen : unknown).push(target);
  }
  if (unknown.length > 0)
    return {
      code: "OUT",
      reasons: unknown.map((t) =>
        edges.beyond.has(t)
          ? `${t} was never perturbed, and acts on nothing that is measured`
          : `${t} is neither measured nor in the graph, nor ever perturbed`,
      ),
    };
  if (unseen.length > 0) return { code: "EDGE", reasons: unseen.map((t) => `${t} was never perturbed`) };
  return { code: "IN", reasons: [] };
}
