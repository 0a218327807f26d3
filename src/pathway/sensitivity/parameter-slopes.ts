import { ancestors, gradients } from "../../numerics/expressions/expression-derivative.ts";
import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { nodeValues } from "../code/node-values.ts";
import { TIME_SLOT } from "../symbols.ts";

/** Slopes along parameters of what slots hold: of states as they move, of what stands still as an event last set it. */
export interface ParameterSlopes {
  /** Number of parameters. */
  readonly parameters: number;
  /** dy/dp at the start by columns, shape [parameters, states]. */
  readonly start: Float64Array;
  /** Slots that stand still while the model runs. */
  readonly held: readonly number[];
  /** The slope of what a slot holds along a parameter, from dy/dp, shape [parameters, states]. */
  of(slot: number, parameter: number, dy: Float64Array): number;
  /** The slope of what stands still as a node: a number, or a slot where an event may set it anew. */
  node(slot: number, parameter: number): NodeId;
  /** Sets the slope of a given number that an event has set. */
  set(slot: number, parameter: number, slope: number): void;
}

/**
 * Slopes of a model that is at its start.
 * @param nodes everything whose derivatives are to be known
 * @param parameters slots whose values at the start are the parameters
 * @param assigned slots that events set
 */
export function parameterSlopes(
  pathway: CompiledPathway,
  nodes: readonly NodeId[],
  parameters: readonly number[],
  assigned: ReadonlySet<number>,
): ParameterSlopes {
  const { code, memory, states, network } = pathway;
  const { graph } = code;
  const n = states.length;
  const held = heldSlots(pathway, nodes);
  const width = n + held.length;
  const slopes = startSlopes(pathway, [...states.map((s) => s.slot), ...held], parameters);
  const placeOf = new Map(held.map((slot, i) => [slot, n + i]));
  const ofHeld = (slot: number, k: number): number => slopes[k * width + (placeOf.get(slot) ?? Number.NaN)] ?? 0;
  const changing = [...assigned].filter((slot) => placeOf.has(slot));
  const spareOf = (slot: number, k: number): number => network.spare + k * changing.length + changing.indexOf(slot);
  for (const slot of changing)
    for (let k = 0; k < parameters.length; k++) memory.values[spareOf(slot, k)] = ofHeld(slot, k);
  return {
    parameters: parameters.length,
    start: Float64Array.from({ length: parameters.length * n }, (_, i) => {
      return slopes[Math.floor(i / n) * width + (i % n)] ?? 0;
    }),
    held,
    of: (slot, k, dy) => (slot <= n ? (dy[k * n + slot - 1] ?? 0) : ofHeld(slot, k)),
    node: (slot, k) => (changing.includes(slot) ? graph.slot(spareOf(slot, k)) : graph.number(ofHeld(slot, k))),
    set(slot, k, slope) {
      const place = placeOf.get(slot);
      if (place === undefined) return;
      slopes[k * width + place] = slope;
      if (changing.includes(slot)) memory.values[spareOf(slot, k)] = slope;
    },
  };
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
  const { code, network } = pathway;
  const { graph } = code;
  const written = new Map<number, NodeId>();
  const { initially, document } = network;
  for (const { slot, value } of initially.sorted(initially.slots, document.file))
    written.set(slot, graph.add(value, written));
  const nodes = slots.map((slot) => written.get(slot) ?? graph.slot(slot));
  const slopes = gradients(graph, nodes, new Set(parameters));
  const zero = graph.number(0);
  const wanted = parameters.flatMap((p) => slopes.map((gradient) => gradient.get(p) ?? zero));
  using values = nodeValues(pathway, wanted);
  return values.now();
}
