import { gradients } from "../../numerics/expressions/expression-derivative.ts";
import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { nodeValues } from "../code/node-values.ts";
import { TIME_SLOT } from "../symbols.ts";
import type { ParameterSlopes } from "./parameter-slopes.ts";

/** How a node moves: its value, its slopes along each parameter at a fixed time, and with the time. */
export interface Motion {
  readonly value: number;
  /** Shape [parameters]. */
  readonly byParameter: Float64Array;
  readonly byTime: number;
}

/**
 * Compiles how nodes move at the time, states and derivatives in memory.
 * @returns the motions in the order of the nodes, from dy/dp, shape [parameters, states]
 */
export function motionsOf(
  pathway: CompiledPathway,
  nodes: readonly NodeId[],
  slopes: ParameterSlopes,
): (dy: Float64Array) => readonly Motion[] {
  const { code, memory, states } = pathway;
  const moved = new Set([TIME_SLOT, ...states.map((s) => s.slot), ...slopes.held]);
  const terms = gradients(code.graph, nodes, moved).map((gradient) => [...gradient]);
  const factors = terms.flatMap((list) => list.map(([, node]) => node));
  const compiled = memory.keep(nodeValues(pathway, [...nodes, ...factors]));
  return (dy) => {
    const numbers = compiled.now();
    let at = nodes.length;
    return terms.map((list, i) => {
      const byParameter = new Float64Array(slopes.parameters);
      let byTime = 0;
      for (const [slot] of list) {
        const factor = numbers[at++] ?? 0;
        if (slot === TIME_SLOT) byTime += factor;
        else if (slot <= states.length) byTime += factor * (memory.derivatives[slot - 1] ?? 0);
        if (slot !== TIME_SLOT)
          for (let k = 0; k < slopes.parameters; k++)
            byParameter[k] = (byParameter[k] ?? 0) + factor * slopes.of(slot, k, dy);
      }
      return { value: numbers[i] ?? 0, byParameter, byTime };
    });
  };
}
