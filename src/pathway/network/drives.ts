import type { ExpressionGraph } from "../../numerics/expressions/expression-graph.ts";
import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import { type PathwaySymbol, type SlotAllocator, TIME_SLOT } from "../symbols.ts";

/** Where the course of one input over a window lies: base + slope s + bend s^2, s from 0 to 1. Slots. */
interface Drive {
  /** Of the input itself. */
  readonly slot: number;
  readonly base: number;
  readonly slope: number;
  readonly bend: number;
}

/** Inputs from outside as functions of the time in memory: s = (t - start) pace. Slots. */
export interface Drives {
  readonly start: number;
  readonly pace: number;
  /** By the input's slot. */
  readonly inputs: ReadonlyMap<number, Drive>;
}

/** Slots for the course of whatever is driven; undefined where nothing is. */
export function driveSlots(symbols: Iterable<PathwaySymbol>, slots: SlotAllocator): Drives | undefined {
  const driven = [...symbols].filter((s) => s.determination === "driven");
  if (driven.length === 0) return undefined;
  const drive = ({ slot }: PathwaySymbol): [number, Drive] => [
    slot,
    { slot, base: slots.one(), slope: slots.one(), bend: slots.one() },
  ];
  return { start: slots.one(), pace: slots.one(), inputs: new Map(driven.map(drive)) };
}

/** What stands in place of each input's slot, by slot. */
export function driveNodes(graph: ExpressionGraph, drives: Drives | undefined): Map<number, NodeId> {
  const nodes = new Map<number, NodeId>();
  if (drives === undefined) return nodes;
  const since = graph.apply("subtract", graph.slot(TIME_SLOT), graph.slot(drives.start));
  const s = graph.apply("multiply", since, graph.slot(drives.pace));
  for (const { slot, base, slope, bend } of drives.inputs.values()) {
    const inner = graph.apply("add", graph.slot(slope), graph.apply("multiply", s, graph.slot(bend)));
    nodes.set(slot, graph.apply("add", graph.slot(base), graph.apply("multiply", s, inner)));
  }
  return nodes;
}
