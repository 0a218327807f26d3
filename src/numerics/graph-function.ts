import type { ExpressionGraph, NodeId } from "./expression-graph.ts";
import { GraphCoder, type Place, type Surroundings } from "./graph-code.ts";
import { ByteWriter } from "./wasm-bytes.ts";
import * as op from "./wasm-opcodes.ts";

/** A function (t, y, out, data) -> 0 that puts nodes into places. */
export interface GraphFunction {
  readonly sinks: readonly { readonly node: NodeId; readonly to: Place }[];
  /** Slots that are read through `y`, in a row; all others are read through `data`. */
  readonly states?: { readonly first: number; readonly count: number };
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
}

/** Nodes that one part of a function computes at most: larger functions take the compiler more than their share. */
const PART = 3000;
const FIRST_LOCAL = 4;

interface Statement {
  readonly id: NodeId;
  readonly to: Place[];
  readonly shared: boolean;
}

/**
 * Code of a function, in parts to be called one after the other with the same arguments.
 * Values used more than once are computed once, before what uses them; others where they are used, branches lazily.
 */
export function functionParts(scope: ModuleScope, fn: GraphFunction): ByteWriter[] {
  const { graph } = scope;
  const hoisted = new Map<NodeId, Place>();
  const uses = countUses(scope, fn, hoisted);
  const statements = new Map<NodeId, Statement>();
  const size = new Map<NodeId, number>();
  const targets = new Map<NodeId, Place[]>();
  for (const { node, to } of fn.sinks) targets.set(node, [...(targets.get(node) ?? []), to]);
  for (const id of [...uses.keys()].sort((a, b) => a - b)) {
    const { tag, args } = graph.node(id);
    const leaf = tag === "number" || tag === "slot" || hoisted.has(id);
    const to = targets.get(id) ?? [];
    const shared = !leaf && (uses.get(id) ?? 0) > 1;
    const inner = leaf ? 0 : args.reduce((n, a) => n + (statements.has(a) ? 1 : (size.get(a) ?? 1)), 1);
    size.set(id, inner);
    if (shared || to.length > 0) statements.set(id, { id, to, shared });
  }
  const parts = cut([...statements.values()], size);
  const partOf = new Map(parts.flatMap((part, k) => part.map((s) => [s.id, k] as const)));
  const outlives = lastParts(graph, parts, statements, hoisted);
  let spilled = 0;
  const spills = new Map<NodeId, Place>();
  for (const [id, last] of outlives) if (last > (partOf.get(id) ?? 0)) spills.set(id, scope.spill(spilled++));
  return parts.map((part, k) => emit(scope, fn, part, { hoisted, spills, isHere: (id) => partOf.get(id) === k }));
}

/** How often each needed node is used; operands of hoisted nodes are not needed. */
function countUses(scope: ModuleScope, fn: GraphFunction, hoisted: Map<NodeId, Place>): Map<NodeId, number> {
  const uses = new Map<NodeId, number>();
  const stack = fn.sinks.map((s) => s.node);
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const before = uses.get(id) ?? 0;
    uses.set(id, before + 1);
    if (before > 0) continue;
    const place = scope.hoist(id);
    if (place !== undefined) hoisted.set(id, place);
    else stack.push(...scope.graph.node(id).args);
  }
  return uses;
}

function cut(statements: readonly Statement[], size: ReadonlyMap<NodeId, number>): Statement[][] {
  const parts: Statement[][] = [[]];
  let filled = 0;
  for (const s of statements) {
    const cost = size.get(s.id) ?? 1;
    if (filled > 0 && filled + cost > PART) {
      parts.push([]);
      filled = 0;
    }
    parts[parts.length - 1]?.push(s);
    filled += cost;
  }
  return parts;
}

/** The last part that reads each shared value. */
function lastParts(
  graph: ExpressionGraph,
  parts: readonly Statement[][],
  statements: ReadonlyMap<NodeId, Statement>,
  hoisted: ReadonlyMap<NodeId, Place>,
): Map<NodeId, number> {
  const last = new Map<NodeId, number>();
  if (parts.length < 2) return last;
  parts.forEach((part, k) => {
    for (const { id } of part) {
      const stack = [...graph.node(id).args];
      for (let a = stack.pop(); a !== undefined; a = stack.pop()) {
        if (statements.get(a)?.shared) last.set(a, k);
        else if (!hoisted.has(a)) stack.push(...graph.node(a).args);
      }
    }
  });
  return last;
}

interface Keeping {
  readonly hoisted: ReadonlyMap<NodeId, Place>;
  readonly spills: ReadonlyMap<NodeId, Place>;
  readonly isHere: (id: NodeId) => boolean;
}

function emit(scope: ModuleScope, fn: GraphFunction, part: readonly Statement[], keeping: Keeping): ByteWriter {
  const locals = new Map<NodeId, number>();
  for (const s of part) if (s.shared) locals.set(s.id, FIRST_LOCAL + locals.size);
  const around: Surroundings = {
    placeOf: (slot) => placeOf(fn, slot),
    kept: (id) => {
      const local = locals.get(id);
      if (local !== undefined) return { local };
      return keeping.hoisted.get(id) ?? (keeping.isHere(id) ? undefined : keeping.spills.get(id));
    },
    hostIndex: (name, args) => scope.hostIndex(name, args),
  };
  const out = new ByteWriter();
  if (locals.size === 0) out.byte(0);
  else out.byte(1).unsigned(locals.size).byte(op.F64);
  const coder = new GraphCoder(scope.graph, out, around);
  for (const { id, to, shared } of part) {
    if (shared) {
      coder.computed(id);
      out.byte(op.LOCAL_SET).unsigned(locals.get(id) ?? FIRST_LOCAL);
    }
    const spill = keeping.spills.get(id);
    for (const place of spill === undefined ? to : [...to, spill]) {
      coder.address(place);
      if (shared || around.kept(id) !== undefined) coder.value(id);
      else coder.computed(id);
      coder.store(place);
    }
  }
  return out.byte(op.I32_CONST).byte(0).byte(op.END);
}

function placeOf({ states, time }: GraphFunction, slot: number): Place | "t" {
  if (slot === time) return "t";
  const state = states === undefined ? -1 : slot - states.first;
  if (states !== undefined && state >= 0 && state < states.count) return { base: "y", index: state };
  return { base: "data", index: slot };
}
