import { ExpressionGraph } from "../../numerics/expressions/expression-graph.ts";
import type { GraphFunction } from "../../numerics/expressions/graph-function.ts";
import type { ModuleFunction } from "../../numerics/expressions/graph-module.ts";
import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import type { Definition } from "../network/definitions.ts";
import { driveNodes } from "../network/drives.ts";
import type { Network } from "../network/network-types.ts";
import { TIME_SLOT, unknownSlots } from "../symbols.ts";
import { marginsOf } from "./margins.ts";
import type { Plan } from "./plan.ts";

type Written = ReadonlyMap<number, NodeId>;

/** The mathematics of a model as one graph, from which programs and the solver's functions are taken. */
export interface ModelCode {
  readonly graph: ExpressionGraph;
  /** What a slot holds for given time, states and held quantities, and for the course that inputs have over a window. */
  nodeOf(slot: number): NodeId;
  /** The same with what stands still written out too: it depends on nothing but the time, states and given numbers. */
  readonly wholeNodeOf: (slot: number) => NodeId;
  /** Stores what slots hold, as long as it moves. */
  moving(slots: Iterable<number>): ModuleFunction;
  /** Stores triggers, and behind them the margins of their relations that move, in slots of their own. */
  tests(triggers: readonly number[], slot: () => number): { code: ModuleFunction; marginSlots: readonly number[] };
  /** Stores all that moves only when something is changed by hand. */
  held(): ModuleFunction;
  /** Stores all that holds at the start. */
  initial(): ModuleFunction;
  /** Stores what a slot held before the start. */
  before(slot: number): ModuleFunction;
  /** A function of (t, y) that writes nodes to a row; y holds the states and what algebraic rules determine. */
  ofState(nodes: readonly NodeId[]): ModuleFunction;
}

/** Writes definitions out where they are read: what moves depends on the time, states and held slots alone. */
export function modelCode(network: Network, plan: Plan): ModelCode {
  const graph = new ExpressionGraph((slot) => plan.movesAt(slot));
  const moving = written(graph, plan.moving());
  const n = network.states.length;
  const behind = new Map(unknownSlots(network).map((slot, k) => [slot, n + k]));
  const states = { first: 1, count: n, behind };
  const driven = driveNodes(graph, network.drives);
  const inWindow = driven.size === 0 ? moving : written(graph, plan.moving(), driven);
  const nodeOf = (slot: number): NodeId => inWindow.get(slot) ?? graph.slot(slot);
  let whole: Written | undefined;
  return {
    graph,
    nodeOf,
    wholeNodeOf: (slot) => {
      whole ??= written(graph, [...plan.held(), ...plan.moving()]);
      return whole.get(slot) ?? graph.slot(slot);
    },
    moving: (slots) => stores(moving, [...slots], true),
    tests: (triggers, slot) => {
      const margins = marginsOf(
        graph,
        triggers.flatMap((trigger) => moving.get(trigger) ?? []),
      );
      const marginSlots = margins.map(slot);
      const all = new Map([...moving, ...margins.map((node, i) => [marginSlots[i] ?? 0, node] as const)]);
      return { code: stores(all, [...triggers, ...marginSlots], true), marginSlots };
    },
    held: () => {
      const held = written(graph, plan.held());
      return stores(held, [...held.keys()], false);
    },
    initial: () => {
      const initial = written(graph, plan.initial());
      return stores(initial, [...initial.keys()], false);
    },
    before: (slot) => stores(written(graph, plan.before()), [slot], false),
    ofState: (nodes) => ({
      sinks: nodes.map((node, index) => ({ node, to: { base: "out", index } })),
      states,
      time: TIME_SLOT,
      hoists: true,
    }),
  };
}

function written(graph: ExpressionGraph, definitions: readonly Definition[], given: Written = new Map()): Written {
  const nodes = new Map(given);
  for (const { slot, value } of definitions) nodes.set(slot, graph.add(value, nodes));
  return nodes;
}

function stores(nodes: Written, slots: readonly number[], hoists: boolean): ModuleFunction {
  const sinks: GraphFunction["sinks"][number][] = [];
  for (const index of slots) {
    const node = nodes.get(index);
    if (node !== undefined) sinks.push({ node, to: { base: "data", index } });
  }
  return { sinks, hoists };
}
