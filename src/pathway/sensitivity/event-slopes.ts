import type { SensitivityCode } from "./code.ts";
import type { EventNodes } from "./event-nodes.ts";

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
