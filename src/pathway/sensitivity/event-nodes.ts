import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { differencesIn } from "../code/margins.ts";
import { isConcentration } from "../symbols.ts";

/** What events depend on: by event, the relations that its trigger is made of, and what it sets. */
export interface EventNodes {
  /** Differences of the two sides of each relation. */
  readonly differences: readonly (readonly NodeId[])[];
  readonly targets: readonly (readonly { readonly slot: number; readonly node: NodeId }[])[];
}

/** The mathematics of a model's events, written out to times, states and given numbers. */
export function eventNodes({ code, events }: CompiledPathway): EventNodes {
  const { graph, wholeNodeOf } = code;
  return {
    differences: events.map(({ trigger }) => differencesIn(graph, wholeNodeOf(trigger))),
    targets: events.map(({ assignments }) =>
      assignments.flatMap(({ symbol, from }) => {
        const node = wholeNodeOf(from);
        const value = { slot: symbol.slot, node };
        if (!isConcentration(symbol)) return [value];
        return [value, { slot: symbol.amount, node: graph.apply("multiply", node, wholeNodeOf(symbol.volume)) }];
      }),
    ),
  };
}
