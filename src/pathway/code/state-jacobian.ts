import { ancestors, sparseJacobian } from "../../numerics/expressions/expression-derivative.ts";
import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import { bindModule } from "../../numerics/expressions/graph-program.ts";
import { TIME_SLOT } from "../symbols.ts";
import type { CompiledPathway } from "./compiled.ts";

/** df/dy of a compiled model from its symbolic derivatives. */
export interface StateJacobian extends Disposable {
  /** Fills the matrix by rows, shape [states, states], for a time and state; held quantities as they are in memory. */
  fill(t: number, y: ArrayLike<number>, matrix: Float64Array): void;
  /** States that no derivative depends on. */
  unread(): number[];
}

/** The node of each state's derivative, in order of states. */
function derivativeNodes({ code, states }: CompiledPathway): NodeId[] {
  return states.map(({ derivative }) => code.nodeOf(derivative));
}

/** Whether derivatives depend on the time itself. */
export function dependsOnTime(pathway: CompiledPathway): boolean {
  const { graph } = pathway.code;
  return ancestors(graph, derivativeNodes(pathway)).some((id) => {
    const { tag, value } = graph.node(id);
    return tag === "slot" && value === TIME_SLOT;
  });
}

/** Compiles the Jacobian of a model without algebraic rules and delays. */
export function stateJacobian(pathway: CompiledPathway): StateJacobian {
  const { code, memory, states } = pathway;
  const { sundials } = memory;
  const n = states.length;
  const pattern = sparseJacobian(
    code.graph,
    derivativeNodes(pathway),
    states.map((s) => s.slot),
  );
  const bound = bindModule(sundials, memory.compile(code.graph, [code.ofState(pattern.nodes)]));
  const entries = pattern.rows.length;
  const at = sundials.allocate(8 * (n + entries));
  return {
    unread: () => states.map((_, j) => j).filter((j) => pattern.starts[j] === pattern.starts[j + 1]),
    fill(t, y, matrix) {
      sundials.doubles(at, n).set(y);
      bound.prepare(0, 0, 0, memory.data);
      bound.functions[0]?.(t, at, at + 8 * n, memory.data);
      const found = sundials.doubles(at + 8 * n, entries);
      matrix.fill(0);
      for (let j = 0; j < n; j++)
        for (let k = pattern.starts[j] ?? 0; k < (pattern.starts[j + 1] ?? 0); k++)
          matrix[(pattern.rows[k] ?? 0) * n + j] = found[k] ?? 0;
    },
    [Symbol.dispose]() {
      bound[Symbol.dispose]();
      sundials.exports.release(at);
    },
  };
}

/** The same by difference quotients, for models whose derivatives come out of an iteration. */
export function differenceJacobian(rhs: (y: Float64Array, dy: Float64Array) => void, scale: Float64Array) {
  const n = scale.length;
  const [at, base, moved] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  return (y: ArrayLike<number>, matrix: Float64Array): void => {
    at.set(y);
    rhs(at, base);
    for (let j = 0; j < n; j++) {
      const value = at[j] ?? 0;
      const h = 1e-7 * (Math.abs(value) + (scale[j] ?? 1));
      at[j] = value + h;
      rhs(at, moved);
      at[j] = value;
      for (let i = 0; i < n; i++) matrix[i * n + j] = ((moved[i] ?? 0) - (base[i] ?? 0)) / h;
    }
  };
}
