import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import { bindModule } from "../../numerics/expressions/graph-program.ts";
import type { CompiledPathway } from "./compiled.ts";

/** Values of nodes over a model's memory. */
export interface NodeValues extends Disposable {
  /** For the time, states and given numbers in memory; a fresh array, shape [nodes]. */
  now(): Float64Array;
}

/** Compiles nodes of a model's graph; to be disposed of before the model is, or kept with it. */
export function nodeValues({ code, memory }: CompiledPathway, nodes: readonly NodeId[]): NodeValues {
  const sinks = nodes.map((node, index) => ({ node, to: { base: "out", index } as const }));
  const { sundials, data } = memory;
  const bound = bindModule(sundials, memory.compile(code.graph, [{ sinks, hoists: false }]));
  return {
    now() {
      const out = sundials.allocate(8 * Math.max(1, nodes.length));
      bound.functions[0]?.(0, 0, out, data);
      const values = sundials.doubles(out, nodes.length).slice();
      sundials.exports.release(out);
      return values;
    },
    [Symbol.dispose]: () => bound[Symbol.dispose](),
  };
}
