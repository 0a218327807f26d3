import type { Operator } from "./expression.ts";

/** Number of a node; operands have smaller numbers than what uses them, so ascending numbers are an order of evaluation. */
export type NodeId = number;

/** One value of a graph: a number, what a slot holds, or a function of other nodes. */
export interface GraphNode {
  readonly tag: "number" | "slot" | "host" | "if" | Operator;
  readonly args: readonly NodeId[];
  /** The number, or the slot's index; 0 elsewhere. */
  readonly value: number;
  /** Name of the host function; empty elsewhere. */
  readonly name: string;
  /** Whether it may change while parameters stand still. */
  readonly moves: boolean;
}

/** Looks nodes up and makes new ones; equal ones are made once. */
export interface NodeMaker {
  node(id: NodeId): GraphNode;
  number(value: number): NodeId;
  /** Applies an operator to one or two nodes. */
  apply(operator: Operator, a: NodeId, b?: NodeId): NodeId;
  /** Calls a host function. */
  host(name: string, args: readonly NodeId[]): NodeId;
}
