import type { NodeId } from "../numerics/expression-graph.ts";
import type { CompiledPathway } from "./compiled.ts";
import { differencesIn } from "./margins.ts";
import type { SensitivityCode } from "./sensitivity-code.ts";
import { isConcentration } from "./symbols.ts";

/** What events depend on: by event, the relations that its trigger is made of, and what it sets. */
export interface EventNodes {
  /** Differences of the two sides of each relation. */
  readonly differences: readonly (readonly NodeId[])[];
  readonly targets: readonly (readonly { readonly slot: number; readonly node: NodeId }[])[];
}

/** One slot that an event sets: its slopes along each parameter at a fixed time, and with the time itself. */
interface Assigned {
  readonly slot: number;
  readonly byParameter: Float64Array;
  readonly byTime: number;
}

/** How slopes jump where events are executed; times and states just before are those in memory. */
export interface EventSlopes {
  /** dt/dp of the instant at which the trigger changes, shape [parameters]; not finite where it is only touched. */
  instant(event: number, dy: Float64Array): Float64Array;
  assigned(event: number, dy: Float64Array): readonly Assigned[];
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

/**
 * Compiles how triggers and assignments move.
 *
 * With g the difference of the two sides of the relation that changes, dt/dp = -(g_x s + g_p) / (g_x f + g_t); a value
 * h(t, x, p) that is set has the slope h_x s + h_p at a fixed time and moves with the instant by h_x f + h_t.
 * @see Galan, Feehery, Barton 1999, doi:10.1016/S0168-9274(98)00125-1
 */
export function eventSlopes({ differences, targets }: EventNodes, code: SensitivityCode): EventSlopes {
  const triggers = differences.map((nodes) => code.along(nodes));
  const assignments = targets.map((list) => code.along(list.map(({ node }) => node)));
  return {
    instant(event, dy) {
      const crossing = (triggers[event]?.(dy) ?? [])
        .filter(({ byTime }) => byTime !== 0)
        .sort((a, b) => Math.abs(a.value / a.byTime) - Math.abs(b.value / b.byTime))[0];
      if (crossing === undefined) return new Float64Array(code.parameters).fill(Number.NaN);
      return crossing.byParameter.map((slope) => -slope / crossing.byTime);
    },
    assigned: (event, dy) =>
      (assignments[event]?.(dy) ?? []).map(({ byParameter, byTime }, i) => ({
        slot: targets[event]?.[i]?.slot ?? 0,
        byParameter,
        byTime,
      })),
  };
}
