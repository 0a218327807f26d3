import { derivativeRule } from "./derivative-rules.ts";
import type { ExpressionGraph } from "./expression-graph.ts";
import type { NodeId } from "./graph-node.ts";

/** Derivatives of one node by slot; a slot that is absent has derivative 0. */
export type Gradient = ReadonlyMap<number, NodeId>;

/** A sparse matrix of nodes by columns: entry k of column j, for k in [starts[j], starts[j + 1]), is in row rows[k]. */
export interface SparseNodes {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  readonly nodes: readonly NodeId[];
}

const NOTHING: Gradient = new Map();

/**
 * Derivatives of nodes with respect to slots, accumulated forward through the graph: what nodes share is
 * differentiated once.
 *
 * Comparisons, `floor` and `ceiling` count as constant, and a branch has the derivative of the side taken. Throws
 * `RangeError` for a host function without a rule (see `hasDerivative`).
 * @returns gradients, in the order of `outputs`
 */
export function gradients(graph: ExpressionGraph, outputs: readonly NodeId[], slots: ReadonlySet<number>): Gradient[] {
  const found = new Map<NodeId, Gradient>();
  for (const id of ancestors(graph, outputs)) {
    const { tag, value, args } = graph.node(id);
    if (tag === "slot") {
      if (slots.has(value)) found.set(id, new Map([[value, graph.number(1)]]));
      continue;
    }
    const inner = args.map((a) => found.get(a) ?? NOTHING);
    if (inner.every((g) => g.size === 0)) continue;
    found.set(id, chain(graph, id, inner));
  }
  return outputs.map((id) => found.get(id) ?? NOTHING);
}

/**
 * The Jacobian of nodes with respect to slots, by columns, with the entries that may differ from 0.
 * @param columns slots in the order of the columns
 */
export function sparseJacobian(
  graph: ExpressionGraph,
  outputs: readonly NodeId[],
  columns: readonly number[],
): SparseNodes {
  const perRow = gradients(graph, outputs, new Set(columns));
  const rows: number[] = [];
  const nodes: NodeId[] = [];
  const byColumn = new Map(columns.map((slot) => [slot, [] as { row: number; node: NodeId }[]]));
  perRow.forEach((gradient, row) => {
    for (const [slot, node] of gradient) if (!isZero(graph, node)) byColumn.get(slot)?.push({ row, node });
  });
  const starts = new Int32Array(columns.length + 1);
  columns.forEach((slot, j) => {
    for (const { row, node } of byColumn.get(slot) ?? []) {
      rows.push(row);
      nodes.push(node);
    }
    starts[j + 1] = rows.length;
  });
  return { rows: Int32Array.from(rows), starts, nodes };
}

/** Nodes that some nodes need, themselves included, in order of evaluation. */
export function ancestors(graph: ExpressionGraph, outputs: Iterable<NodeId>): NodeId[] {
  const seen = new Set<NodeId>();
  const stack = [...outputs];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const a of graph.node(id).args) if (!seen.has(a)) stack.push(a);
  }
  return [...seen].sort((a, b) => a - b);
}

function isZero(graph: ExpressionGraph, id: NodeId): boolean {
  const { tag, value } = graph.node(id);
  return tag === "number" && value === 0;
}

/** Sum over operands of (partial derivative x their gradient). */
function chain(graph: ExpressionGraph, id: NodeId, inner: readonly Gradient[]): Gradient {
  const { tag, args } = graph.node(id);
  if (tag === "if") return branches(graph, args, inner);
  const out = new Map<number, NodeId>();
  inner.forEach((gradient, i) => {
    if (gradient.size === 0) return;
    const partial = derivativeRule(graph, id, i);
    if (partial === undefined) return;
    for (const [slot, node] of gradient) {
      const term = graph.apply("multiply", partial, node);
      const before = out.get(slot);
      out.set(slot, before === undefined ? term : graph.apply("add", before, term));
    }
  });
  return out;
}

function branches(graph: ExpressionGraph, args: readonly NodeId[], inner: readonly Gradient[]): Gradient {
  const [condition] = args;
  const [, yes = NOTHING, no = NOTHING] = inner;
  const out = new Map<number, NodeId>();
  if (condition === undefined) return out;
  const zero = graph.number(0);
  for (const slot of new Set([...yes.keys(), ...no.keys()]))
    out.set(slot, graph.choose(condition, yes.get(slot) ?? zero, no.get(slot) ?? zero));
  return out;
}
