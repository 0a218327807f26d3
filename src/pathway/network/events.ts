import type { Expression } from "../../numerics/expressions/expression.ts";
import type { Program } from "../../numerics/expressions/graph-program.ts";
import type { SbmlEvent } from "../../sbml/document.ts";
import { pathwayError } from "../refuse.ts";
import type { PathwaySymbol } from "../symbols.ts";
import type { Network } from "./network-types.ts";

/** A compiled event. Values, delay and priority are computed on request into their slots. */
export interface PathwayEvent {
  readonly id: string;
  readonly line: number;
  /** Slot that holds the trigger's truth. */
  readonly trigger: number;
  readonly initialValue: boolean;
  readonly persistent: boolean;
  readonly useValuesFromTriggerTime: boolean;
  /** Slot of the delay, or -1 where the event has none. */
  readonly delay: number;
  /** Slot of the priority, or -1 where the event has none. */
  readonly priority: number;
  /** What is assigned, from which slot; compartments last: a concentration is assigned in the size before the event. */
  readonly assignments: readonly { readonly symbol: PathwaySymbol; readonly from: number }[];
  readonly computeValues: Program;
  readonly computeDelay: Program;
  readonly computePriority: Program;
}

export interface LoweredEvent {
  readonly event: Omit<PathwayEvent, "computeValues" | "computeDelay" | "computePriority">;
  readonly trigger: number;
  readonly values: readonly number[];
  readonly delay: readonly number[];
  readonly priority: readonly number[];
}

/** Adds the mathematics of events to the network, each expression in a slot of its own. */
export function lowerEvents(network: Network): LoweredEvent[] {
  return network.document.events.map((event, i) =>
    lowerEvent(network, event, event.id === "" ? `event ${i + 1}` : event.id),
  );
}

function lowerEvent(network: Network, event: SbmlEvent, name: string): LoweredEvent {
  const { lowering, always, slots } = network;
  const define = (value: Expression, what: string, line: number): number => {
    const own = slots.one();
    always.add({ slot: own, value, label: `${what} of '${name}'`, line });
    return own;
  };
  const trigger = define(lowering.lower(event.trigger.math, event.line), "the trigger", event.line);
  const delay =
    event.delay === undefined ? -1 : define(lowering.lower(event.delay, event.line), "the delay", event.line);
  const priority =
    event.priority === undefined ? -1 : define(lowering.lower(event.priority, event.line), "the priority", event.line);
  const assignments = event.assignments.map((a) => {
    const symbol = target(network, a.variable, a.line);
    return { symbol, from: define(lowering.lower(a.math, a.line), `the assignment to '${a.variable}'`, a.line) };
  });
  const compartmentsLast = [
    ...assignments.filter((a) => a.symbol.kind !== "compartment"),
    ...assignments.filter((a) => a.symbol.kind === "compartment"),
  ];
  return {
    event: {
      id: name,
      line: event.line,
      trigger,
      initialValue: event.trigger.initialValue,
      persistent: event.trigger.persistent,
      useValuesFromTriggerTime: event.useValuesFromTriggerTime,
      delay,
      priority,
      assignments: compartmentsLast,
    },
    trigger,
    values: compartmentsLast.map((a) => a.from),
    delay: delay < 0 ? [] : [delay],
    priority: priority < 0 ? [] : [priority],
  };
}

function target(network: Network, id: string, line: number): PathwaySymbol {
  const { symbols, document } = network;
  const symbol = symbols.get(id);
  if (symbol === undefined)
    throw pathwayError(
      document,
      line,
      "sbml/unknown-id",
      `The event assigns to '${id}', which the model does not have (SBML rule 21211)`,
    );
  if (symbol.determination === "assigned" || symbol.determination === "driven" || symbol.kind === "reaction")
    throw pathwayError(
      document,
      line,
      "sbml/overdetermined",
      `The event assigns to '${id}', which a rule or an input determines`,
    );
  if (symbol.constant)
    throw pathwayError(
      document,
      line,
      "sbml/constant",
      `The event assigns to '${id}', which is constant (SBML rule 21212)`,
    );
  return symbol;
}
