import { ancestors, type Gradient, gradients } from "../numerics/expression-derivative.ts";
import type { NodeId } from "../numerics/expression-graph.ts";
import type { GraphCall } from "../numerics/graph-module.ts";
import { bindModule } from "../numerics/graph-program.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import type { CompiledPathway } from "./compiled.ts";
import type { EventNodes } from "./event-slopes.ts";
import { TIME_SLOT } from "./symbols.ts";

/** How states, rates and quantities depend on the parameters that sensitivities are wanted for. */
export interface SensitivityCode {
  /** dy/dp at the start by columns, shape [parameters, states]. */
  readonly start: Float64Array;
  /** Table index of (t, y, out, data): df/dp by columns. */
  readonly partials: number;
  /** df/dp by columns at a time and state, shape [parameters, states]. */
  partialsAt(t: number, y: ArrayLike<number>): Float64Array;
  readonly parameters: number;
  /** How nodes move at the time, states and derivatives in memory, from dy/dp; compiled by the first call. */
  along(nodes: readonly NodeId[]): (dy: Float64Array) => readonly Motion[];
  /** Sets the slope of a given number that an event has set. */
  set(slot: number, parameter: number, slope: number): void;
  /** dq/dp of the quantities at a time and state, from dy/dp; fills `out`, shape [parameters, quantities]. */
  outputs(t: number, y: ArrayLike<number>, dy: Float64Array, out: Float64Array): void;
}

const NO_EVENTS: EventNodes = { differences: [], targets: [] };

/** How a node moves: its value, its slopes along each parameter at a fixed time, and with the time. */
interface Motion {
  readonly value: number;
  readonly byParameter: Float64Array;
  readonly byTime: number;
}

/** Slots that events may give new slopes: at most so many numbers beyond those of the model. */
export function spareSlots({ events }: SbmlDocument, parameters: number): number {
  return 2 * parameters * events.reduce((sum, e) => sum + e.assignments.length, 0);
}

/**
 * Compiles what sensitivities need of a model that is at its start; released with the model.
 * @param parameters slots whose values at the start are the parameters
 * @param quantities slots of the quantities to be known
 * @param events what events depend on and set
 */
export function sensitivityCode(
  pathway: CompiledPathway,
  parameters: readonly number[],
  quantities: readonly number[],
  events: EventNodes = NO_EVENTS,
): SensitivityCode {
  const { code, memory, states, network } = pathway;
  const { graph } = code;
  const n = states.length;
  const stateSlots = states.map((s) => s.slot);
  const nodeOf = events.targets.length > 0 ? code.wholeNodeOf : code.nodeOf;
  const rates = states.map(({ derivative }) => nodeOf(derivative));
  const values = quantities.map(nodeOf);
  const targets = events.targets.flat();
  const held = heldSlots(pathway, [...rates, ...values, ...events.differences.flat(), ...targets.map((t) => t.node)]);
  const starts = startSlopes(pathway, [...stateSlots, ...held], parameters);
  const placeOf = new Map(held.map((slot, i) => [slot, n + i]));
  const slopeAt = (slot: number, k: number): number => k * (n + held.length) + (placeOf.get(slot) ?? 0);
  const slopeOf = (slot: number, k: number): number => starts[slopeAt(slot, k)] ?? 0;
  const changing = [...new Set(targets.map((t) => t.slot))].filter((slot) => placeOf.has(slot));
  const spareOf = (slot: number, k: number): number => network.spare + k * changing.length + changing.indexOf(slot);
  for (const slot of changing)
    for (let k = 0; k < parameters.length; k++) memory.values[spareOf(slot, k)] = slopeOf(slot, k);
  const byHeld = gradients(graph, rates, new Set(held));
  const partialNodes = parameters.flatMap((_, k) =>
    byHeld.map((gradient) =>
      directional(gradient, (h) => (changing.includes(h) ? graph.slot(spareOf(h, k)) : graph.number(slopeOf(h, k)))),
    ),
  );
  const partial = compiled(partialNodes);
  const partials = memory.sundials.addWasm(partial);
  memory.keep({ [Symbol.dispose]: () => memory.sundials.removeFunction(partials) });
  const observed = gradients(graph, values, new Set([...stateSlots, ...held]));
  const entries = observed.flatMap((gradient, q) => [...gradient].map(([slot, node]) => ({ q, slot, node })));
  const observe = compiled(entries.map((e) => e.node));
  const room = memory.sundials.allocate(8 * (n + Math.max(entries.length, partialNodes.length)));
  memory.keep({ [Symbol.dispose]: () => memory.sundials.exports.release(room) });
  return {
    parameters: parameters.length,
    along: (nodes) => motions(nodes),
    set(slot, k, slope) {
      if (!placeOf.has(slot)) return;
      starts[slopeAt(slot, k)] = slope;
      if (changing.includes(slot)) memory.values[spareOf(slot, k)] = slope;
    },
    start: Float64Array.from({ length: parameters.length * n }, (_, i) => {
      const k = Math.floor(i / n);
      return starts[k * (n + held.length) + (i % n)] ?? 0;
    }),
    partials,
    partialsAt(t, y) {
      const { sundials, data } = memory;
      sundials.doubles(room, n).set(y);
      partial(t, room, room + 8 * n, data);
      return sundials.doubles(room + 8 * n, partialNodes.length).slice();
    },
    outputs(t, y, dy, out) {
      const { sundials, data } = memory;
      sundials.doubles(room, n).set(y);
      observe(t, room, room + 8 * n, data);
      const slopes = sundials.doubles(room + 8 * n, entries.length);
      out.fill(0);
      for (let k = 0; k < parameters.length; k++)
        entries.forEach(({ q, slot }, e) => {
          const along = slopeIn(dy, slot, k);
          const at = k * quantities.length + q;
          out[at] = (out[at] ?? 0) + (slopes[e] ?? 0) * along;
        });
    },
  };

  function compiled(nodes: readonly NodeId[]): GraphCall {
    const module = memory.compile(graph, [{ ...code.ofState(nodes), hoists: false }]);
    return memory.keep(bindModule(memory.sundials, module)).functions[0] ?? (() => 0);
  }

  function directional(gradient: Gradient, slope: (slot: number) => NodeId): NodeId {
    let sum = graph.number(0);
    for (const [slot, node] of gradient) {
      const factor = slope(slot);
      if (factor !== graph.number(0)) sum = graph.apply("add", sum, graph.apply("multiply", factor, node));
    }
    return sum;
  }

  /** The derivative of a slot's value along a parameter. */
  function slopeIn(dy: Float64Array, slot: number, k: number): number {
    return slot <= n ? (dy[k * n + slot - 1] ?? 0) : slopeOf(slot, k);
  }

  function motions(nodes: readonly NodeId[]): (dy: Float64Array) => readonly Motion[] {
    const found = gradients(graph, nodes, new Set([TIME_SLOT, ...stateSlots, ...held]));
    const terms = found.map((gradient) => [...gradient].map(([slot, node]) => ({ slot, node })));
    const listed = [...nodes, ...terms.flat().map(({ node }) => node)];
    const sinks = listed.map((node, index) => ({ node, to: { base: "out", index } as const }));
    const { sundials, data } = memory;
    const bound = memory.keep(bindModule(sundials, memory.compile(graph, [{ sinks, hoists: false }])));
    return (dy) => {
      const out = sundials.allocate(8 * Math.max(1, listed.length));
      bound.functions[0]?.(0, 0, out, data);
      const numbers = sundials.doubles(out, listed.length).slice();
      sundials.exports.release(out);
      let at = nodes.length;
      return terms.map((list, i) => {
        const byParameter = new Float64Array(parameters.length);
        let byTime = 0;
        for (const { slot } of list) {
          const factor = numbers[at++] ?? 0;
          if (slot === TIME_SLOT) byTime += factor;
          else if (slot <= n) byTime += factor * (memory.derivatives[slot - 1] ?? 0);
          if (slot !== TIME_SLOT)
            for (let k = 0; k < parameters.length; k++)
              byParameter[k] = (byParameter[k] ?? 0) + factor * slopeIn(dy, slot, k);
        }
        return { value: numbers[i] ?? 0, byParameter, byTime };
      });
    };
  }
}

/** Slots that some nodes read beside the time and the states: what stands still while the model runs. */
function heldSlots({ code, states }: CompiledPathway, nodes: readonly NodeId[]): number[] {
  const held = new Set<number>();
  for (const id of ancestors(code.graph, nodes)) {
    const { tag, value } = code.graph.node(id);
    if (tag === "slot" && value !== TIME_SLOT && value > states.length) held.add(value);
  }
  return [...held];
}

/** Derivatives at the start of what slots hold with respect to parameters, shape [parameters, slots]. */
function startSlopes(pathway: CompiledPathway, slots: readonly number[], parameters: readonly number[]): Float64Array {
  const { code, memory, network } = pathway;
  const { graph } = code;
  const written = new Map<number, NodeId>();
  const { initially, document } = network;
  for (const { slot, value } of initially.sorted(initially.slots, document.file))
    written.set(slot, graph.add(value, written));
  const nodes = slots.map((slot) => written.get(slot) ?? graph.slot(slot));
  const slopes = gradients(graph, nodes, new Set(parameters));
  const zero = graph.number(0);
  const wanted = parameters.flatMap((p) => slopes.map((gradient) => gradient.get(p) ?? zero));
  const sinks = wanted.map((node, index) => ({ node, to: { base: "out", index } as const }));
  const { sundials, data } = memory;
  const out = sundials.allocate(8 * Math.max(1, wanted.length));
  using bound = bindModule(sundials, memory.compile(graph, [{ sinks, hoists: false }]));
  bound.functions[0]?.(0, 0, out, data);
  const found = sundials.doubles(out, wanted.length).slice();
  sundials.exports.release(out);
  return found;
}
