import { type Gradient, gradients } from "../../numerics/expressions/expression-derivative.ts";
import type { ExpressionGraph } from "../../numerics/expressions/expression-graph.ts";
import type { GraphCall } from "../../numerics/expressions/graph-module.ts";
import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import { bindModule } from "../../numerics/expressions/graph-program.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import type { EventNodes } from "./event-nodes.ts";
import { type Motion, motionsOf } from "./motion.ts";
import { type ParameterSlopes, parameterSlopes } from "./parameter-slopes.ts";

/** How states, rates and quantities depend on the parameters that sensitivities are wanted for. */
export interface SensitivityCode extends Pick<ParameterSlopes, "parameters" | "start" | "set"> {
  /** Table index of (t, y, out, data): df/dp by columns. */
  readonly partials: number;
  /** df/dp by columns at a time and state, shape [parameters, states]. */
  partialsAt(t: number, y: ArrayLike<number>): Float64Array;
  /** How nodes move at the time, states and derivatives in memory, from dy/dp; compiled by the first call. */
  along(nodes: readonly NodeId[]): (dy: Float64Array) => readonly Motion[];
  /** dq/dp of the quantities at a time and state, from dy/dp; fills `out`, shape [parameters, quantities]. */
  outputs(t: number, y: ArrayLike<number>, dy: Float64Array, out: Float64Array): void;
}

const NO_EVENTS: EventNodes = { differences: [], targets: [] };

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
  const { code, memory, states } = pathway;
  const nodeOf = events.targets.length > 0 ? code.wholeNodeOf : code.nodeOf;
  const rates = states.map(({ derivative }) => nodeOf(derivative));
  const values = quantities.map(nodeOf);
  const targets = events.targets.flat();
  const needed = [...rates, ...values, ...events.differences.flat(), ...targets.map((t) => t.node)];
  const slopes = parameterSlopes(pathway, needed, parameters, new Set(targets.map((t) => t.slot)));
  const partial = ofState(pathway, partialNodes(code.graph, rates, slopes));
  const partials = memory.sundials.addWasm(partial.call);
  memory.keep({ [Symbol.dispose]: () => memory.sundials.removeFunction(partials) });
  return {
    parameters: slopes.parameters,
    start: slopes.start,
    set: slopes.set,
    partials,
    partialsAt: (t, y) => partial.at(t, y).slice(),
    along: (nodes) => motionsOf(pathway, nodes, slopes),
    outputs: outputSlopes(pathway, values, slopes),
  };
}

/** df/dp at fixed states, by columns. */
function partialNodes(graph: ExpressionGraph, rates: readonly NodeId[], slopes: ParameterSlopes): NodeId[] {
  const gradient = gradients(graph, rates, new Set(slopes.held));
  const parameters = Array.from({ length: slopes.parameters }, (_, k) => k);
  return parameters.flatMap((k) => gradient.map((along) => directional(graph, along, (slot) => slopes.node(slot, k))));
}

function directional(graph: ExpressionGraph, gradient: Gradient, slope: (slot: number) => NodeId): NodeId {
  let sum = graph.number(0);
  for (const [slot, node] of gradient) {
    const factor = slope(slot);
    if (factor !== graph.number(0)) sum = graph.apply("add", sum, graph.apply("multiply", factor, node));
  }
  return sum;
}

/** dq/dp of quantities: what they move by with each slot, times how that moves with each parameter. */
function outputSlopes(
  pathway: CompiledPathway,
  values: readonly NodeId[],
  slopes: ParameterSlopes,
): SensitivityCode["outputs"] {
  const moved = new Set([...pathway.states.map((s) => s.slot), ...slopes.held]);
  const observed = gradients(pathway.code.graph, values, moved);
  const entries = observed.flatMap((gradient, q) => [...gradient].map(([slot, node]) => ({ q, slot, node })));
  const factors = ofState(
    pathway,
    entries.map((e) => e.node),
  );
  return (t, y, dy, out) => {
    const found = factors.at(t, y);
    out.fill(0);
    for (let k = 0; k < slopes.parameters; k++)
      entries.forEach(({ q, slot }, e) => {
        const at = k * values.length + q;
        out[at] = (out[at] ?? 0) + (found[e] ?? 0) * slopes.of(slot, k, dy);
      });
  };
}

/** Compiles nodes as a function of time and states, kept with the model. */
function ofState({ code, memory, states }: CompiledPathway, nodes: readonly NodeId[]) {
  const { sundials } = memory;
  const module = memory.compile(code.graph, [{ ...code.ofState(nodes), hoists: false }]);
  const call: GraphCall = memory.keep(bindModule(sundials, module)).functions[0] ?? (() => 0);
  const n = states.length;
  const room = sundials.allocate(8 * Math.max(1, n + nodes.length));
  memory.keep({ [Symbol.dispose]: () => sundials.exports.release(room) });
  return {
    call,
    /** Values of the nodes, shape [nodes]; valid until the next call. */
    at(t: number, y: ArrayLike<number>): Float64Array {
      sundials.doubles(room, n).set(y);
      call(t, room, room + 8 * n, memory.data);
      return sundials.doubles(room + 8 * n, nodes.length);
    },
  };
}
