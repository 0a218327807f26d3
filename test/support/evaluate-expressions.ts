import type { Expression } from "../../src/numerics/expressions/expression.ts";
import { ExpressionGraph } from "../../src/numerics/expressions/expression-graph.ts";
import { compileModule } from "../../src/numerics/expressions/graph-module.ts";
import type { NodeId } from "../../src/numerics/expressions/graph-node.ts";
import { bindModule, type HostTable } from "../../src/numerics/expressions/graph-program.ts";
import { sharedSundials } from "../../src/numerics/sundials/shared.ts";

/** Values of expressions over slots 0, 1, ... that hold `inputs`, computed by compiled code. */
export function evaluateExpressions(
  expressions: readonly Expression[],
  inputs: readonly number[],
  hosts: HostTable = new Map(),
): number[] {
  const graph = new ExpressionGraph();
  return evaluateNodes(
    graph,
    expressions.map((e) => graph.add(e)),
    inputs,
    hosts,
  );
}

/** Values of nodes of a graph. */
export function evaluateNodes(
  graph: ExpressionGraph,
  nodes: readonly NodeId[],
  inputs: readonly number[],
  hosts: HostTable = new Map(),
): number[] {
  const sundials = sharedSundials();
  const sinks = nodes.map((node, index) => ({ node, to: { base: "out", index } as const }));
  using bound = bindModule(sundials, compileModule(graph, [{ sinks, hoists: true }]), hosts);
  const data = sundials.allocate(8 * (inputs.length + nodes.length));
  const out = data + 8 * inputs.length;
  new Float64Array(sundials.exports.memory.buffer, data, inputs.length).set(inputs);
  bound.prepare(0, 0, out, data);
  bound.functions[0]?.(0, 0, out, data);
  const values = [...new Float64Array(sundials.exports.memory.buffer, out, nodes.length)];
  sundials.exports.release(data);
  return values;
}
