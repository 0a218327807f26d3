import type { ExpressionGraph } from "../../numerics/expressions/expression-graph.ts";
import type { NodeId } from "../../numerics/expressions/graph-node.ts";

const RELATIONS: ReadonlySet<string> = new Set(["lt", "leq", "gt", "geq", "eq", "neq"]);

/** Left side less right side of every relation that a trigger is made of. */
export function differencesIn(graph: ExpressionGraph, trigger: NodeId): NodeId[] {
  const found: NodeId[] = [];
  const stack = [trigger];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const { tag, args } = graph.node(id);
    const [left, right] = args;
    if (RELATIONS.has(tag) && left !== undefined && right !== undefined)
      found.push(graph.apply("subtract", left, right));
    else stack.push(...args);
  }
  return found;
}

/** The differences in all triggers that move, each once. */
export function marginsOf(graph: ExpressionGraph, triggers: readonly NodeId[]): NodeId[] {
  const all = triggers.flatMap((trigger) => differencesIn(graph, trigger));
  return [...new Set(all)].filter((id) => graph.node(id).moves);
}
