import type { ExpressionGraph } from "./expression-graph.ts";
import { GraphCoder, type Place, type Surroundings } from "./graph-code.ts";
import type { NodeId } from "./graph-node.ts";
import { ByteWriter } from "./wasm-bytes.ts";
import * as op from "./wasm-opcodes.ts";

/** A function (t, y, out, data) -> 0 that puts nodes into places. */
export interface GraphFunction {
  readonly sinks: readonly { readonly node: NodeId; readonly to: Place }[];
  /** Slots that are read through `y`: some in a row, and others behind them by place; the rest is read through `data`. */
  readonly states?: { readonly first: number; readonly count: number; readonly behind?: ReadonlyMap<number, number> };
  /** Slot that is read as `t`. */
  readonly time?: number;
}

/** What the functions of a module share. */
export interface ModuleScope {
  readonly graph: ExpressionGraph;
  /** Where a node that nothing moves is kept, computed beforehand; undefined where it isn't. */
  hoist(id: NodeId): Place | undefined;
  /** A place of its own for a value that one part of a function hands to the next. */
  spill(position: number): Place;
  hostIndex(name: string, args: number): number;
  /** Three numbers for each node, all 0: for the time that a function is worked on. */
  readonly marks: { readonly uses: Int32Array; readonly cost: Int32Array; readonly part: Int32Array };
}

/** Nodes that one part of a function computes at most: larger functions take the compiler more than their share. */
const PART = 3000;
const FIRST_LOCAL = 4;

interface Statement {
  readonly id: NodeId;
  readonly to: readonly Place[];
  readonly shared: boolean;
}

/**
 * Code of a function, in parts to be called one after the other with the same arguments.
 * Values used more than once are computed once, before what uses them; others where they are used, branches lazily.
 */
export function functionParts(scope: ModuleScope, fn: GraphFunction): ByteWriter[] {
  const { uses, cost, part } = scope.marks;
  const hoisted = new Map<NodeId, Place>();
  const needed = countUses(scope, fn, hoisted);
  const parts = cutIntoParts(scope, statementsOf(scope, fn, needed, hoisted));
  parts.forEach((statements, k) => {
    for (const { id } of statements) part[id] = k + 1;
  });
  const spills = spilledValues(scope, parts, hoisted);
  const code = parts.map((statements, k) => emit(scope, fn, statements, { hoisted, spills, part: k + 1 }));
  for (const id of needed) uses[id] = cost[id] = part[id] = 0;
  return code;
}

/** Counts how often each needed node is used; operands of hoisted nodes are not needed. Ascending. */
function countUses({ graph, marks, hoist }: ModuleScope, fn: GraphFunction, hoisted: Map<NodeId, Place>): NodeId[] {
  const { uses } = marks;
  const needed: NodeId[] = [];
  const stack = fn.sinks.map((s) => s.node);
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const before = uses[id] ?? 0;
    uses[id] = before + 1;
    if (before > 0) continue;
    needed.push(id);
    const place = hoist(id);
    if (place !== undefined) hoisted.set(id, place);
    else for (const a of graph.node(id).args) stack.push(a);
  }
  return needed.sort((a, b) => a - b);
}

/** What is computed by itself: shared values and results, in order of evaluation. */
function statementsOf(
  { graph, marks }: ModuleScope,
  fn: GraphFunction,
  needed: readonly NodeId[],
  hoisted: ReadonlyMap<NodeId, Place>,
): Statement[] {
  const targets = new Map<NodeId, Place[]>();
  for (const { node, to } of fn.sinks) {
    const list = targets.get(node);
    if (list === undefined) targets.set(node, [to]);
    else list.push(to);
  }
  const { uses, cost, part } = marks;
  const statements: Statement[] = [];
  for (const id of needed) {
    const { tag, args } = graph.node(id);
    const leaf = tag === "number" || tag === "slot" || hoisted.has(id);
    const shared = !leaf && (uses[id] ?? 0) > 1;
    let inner = 1;
    if (!leaf) for (const a of args) inner += part[a] === -1 ? 1 : (cost[a] ?? 1);
    cost[id] = inner;
    const to = targets.get(id);
    if (!shared && to === undefined) continue;
    part[id] = -1;
    statements.push({ id, to: to ?? [], shared });
  }
  return statements;
}

function cutIntoParts({ marks }: ModuleScope, statements: readonly Statement[]): Statement[][] {
  let part: Statement[] = [];
  const parts = [part];
  let filled = 0;
  for (const s of statements) {
    const cost = marks.cost[s.id] ?? 1;
    if (filled > 0 && filled + cost > PART) {
      part = [];
      parts.push(part);
      filled = 0;
    }
    part.push(s);
    filled += cost;
  }
  return parts;
}

/** Shared values that a later part reads, each with a place of its own. */
function spilledValues(
  { graph, marks, spill }: ModuleScope,
  parts: readonly Statement[][],
  hoisted: ReadonlyMap<NodeId, Place>,
): Map<NodeId, Place> {
  const spills = new Map<NodeId, Place>();
  if (parts.length < 2) return spills;
  const { uses, part } = marks;
  parts.forEach((statements, k) => {
    for (const { id } of statements) {
      const stack = [...graph.node(id).args];
      for (let a = stack.pop(); a !== undefined; a = stack.pop()) {
        const at = part[a] ?? 0;
        const shared = at > 0 && (uses[a] ?? 0) > 1;
        if (shared && at !== k + 1 && !spills.has(a) && !isLeaf(graph, a, hoisted)) spills.set(a, spill(spills.size));
        if (!shared && !isLeaf(graph, a, hoisted)) stack.push(...graph.node(a).args);
      }
    }
  });
  return spills;
}

function isLeaf(graph: ExpressionGraph, id: NodeId, hoisted: ReadonlyMap<NodeId, Place>): boolean {
  const { tag } = graph.node(id);
  return tag === "number" || tag === "slot" || hoisted.has(id);
}

interface Keeping {
  readonly hoisted: ReadonlyMap<NodeId, Place>;
  readonly spills: ReadonlyMap<NodeId, Place>;
  readonly part: number;
}

function emit(scope: ModuleScope, fn: GraphFunction, statements: readonly Statement[], keeping: Keeping): ByteWriter {
  const locals = new Map<NodeId, number>();
  for (const s of statements) if (s.shared) locals.set(s.id, FIRST_LOCAL + locals.size);
  const around: Surroundings = {
    placeOf: (slot) => placeOf(fn, slot),
    kept: (id) => {
      if ((scope.marks.uses[id] ?? 0) < 2) return keeping.hoisted.get(id);
      const local = locals.get(id);
      if (local !== undefined) return { local };
      return keeping.hoisted.get(id) ?? keeping.spills.get(id);
    },
    hostIndex: (name, args) => scope.hostIndex(name, args),
  };
  const out = new ByteWriter();
  if (locals.size === 0) out.byte(0);
  else out.byte(1).unsigned(locals.size).byte(op.F64);
  const coder = new GraphCoder(scope.graph, out, around);
  for (const { id, to, shared } of statements) {
    if (shared) {
      coder.computed(id);
      out.byte(op.LOCAL_SET).unsigned(locals.get(id) ?? FIRST_LOCAL);
    }
    const spill = keeping.spills.get(id);
    for (const place of spill === undefined ? to : [...to, spill]) {
      coder.address(place);
      if (around.kept(id) === undefined) coder.computed(id);
      else coder.value(id);
      coder.store(place);
    }
  }
  return out.byte(op.I32_CONST).byte(0).byte(op.END);
}

function placeOf({ states, time }: GraphFunction, slot: number): Place | "t" {
  if (slot === time) return "t";
  const state = states === undefined ? -1 : slot - states.first;
  if (states !== undefined && state >= 0 && state < states.count) return { base: "y", index: state };
  const place = states?.behind?.get(slot);
  return place === undefined ? { base: "data", index: slot } : { base: "y", index: place };
}
