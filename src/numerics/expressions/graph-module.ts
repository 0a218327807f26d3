import type { ExpressionGraph } from "./expression-graph.ts";
import type { Place } from "./graph-code.ts";
import { functionParts, type GraphFunction } from "./graph-function.ts";
import type { NodeId } from "./graph-node.ts";
import { ByteWriter } from "./wasm-bytes.ts";
import * as op from "./wasm-opcodes.ts";

/** A function of a module to be; with `hoists`, what nothing moves is left to the module's `prepare`. */
export interface ModuleFunction extends GraphFunction {
  readonly hoists: boolean;
}

/** A compiled module, not yet bound to a memory: it can be shared between workers. */
export interface GraphModule {
  readonly module: WebAssembly.Module;
  /** Functions that it imports, with their number of arguments. */
  readonly hosts: readonly string[];
  /** Doubles of scratch that an instance needs. */
  readonly scratch: number;
  /** Functions it exports, `prepare` left out. */
  readonly count: number;
}

/** A compiled function: (t, y, out, data) with pointers into the memory; returns 0. */
export type GraphCall = (t: number, y: number, out: number, data: number) => number;

export interface GraphInstance {
  /** In the order compiled. */
  readonly functions: readonly GraphCall[];
  /** Computes what functions with `hoists` take as given: to be called after a parameter has changed. */
  readonly prepare: GraphCall;
}

/**
 * Compiles functions of one graph to a WebAssembly module, bytes written directly: no text is evaluated.
 * @see https://webassembly.github.io/spec/core/binary/modules.html
 */
export function compileModule(graph: ExpressionGraph, functions: readonly ModuleFunction[]): GraphModule {
  const hosts = new Map<string, { index: number; args: number }>();
  const hostIndex = (name: string, args: number): number => {
    const found = hosts.get(name);
    if (found !== undefined) return found.index;
    hosts.set(name, { index: hosts.size, args });
    return hosts.size - 1;
  };
  const hoisted = new Map<NodeId, Place>();
  const steady = (id: NodeId): Place | undefined => {
    const { tag, moves } = graph.node(id);
    if (moves || tag === "number" || tag === "slot") return undefined;
    let place = hoisted.get(id);
    if (place === undefined) {
      place = { base: "scratch", index: hoisted.size };
      hoisted.set(id, place);
    }
    return place;
  };
  const marks = {
    uses: new Int32Array(graph.size),
    cost: new Int32Array(graph.size),
    part: new Int32Array(graph.size),
  };
  // Spilled values lie behind all that could be hoisted: what is, is known only when every function has been walked.
  const behind = stillNodes(graph);
  let spilled = 0;
  const spill = (position: number): Place => {
    spilled = Math.max(spilled, position + 1);
    return { base: "scratch", index: behind + position };
  };
  const parts = (fn: ModuleFunction): ByteWriter[] =>
    functionParts({ graph, hostIndex, spill, marks, hoist: fn.hoists ? steady : () => undefined }, fn);
  const bodies = functions.map(parts);
  const sinks = [...hoisted].map(([node, to]) => ({ node, to }));
  bodies.push(parts({ sinks, hoists: false }));
  const arities = [...hosts.values()].map((h) => h.args);
  return {
    module: new WebAssembly.Module(assemble(bodies, arities)),
    hosts: [...hosts.keys()],
    scratch: spilled > 0 ? behind + spilled : hoisted.size,
    count: functions.length,
  };
}

/** Nodes to be computed that nothing moves. */
function stillNodes(graph: ExpressionGraph): number {
  let count = 0;
  for (let id = 0; id < graph.size; id++) {
    const { tag, moves } = graph.node(id);
    if (!moves && tag !== "number" && tag !== "slot") count++;
  }
  return count;
}

/** Binds a module to a memory. Throws `RangeError` where a host function is missing. */
export function instantiateModule(
  { module, hosts, count }: GraphModule,
  memory: WebAssembly.Memory,
  scratch: number,
  host: (name: string) => unknown,
): GraphInstance {
  const imports = new Map<string, unknown>([
    ["memory", memory],
    ["scratch", scratch],
  ]);
  hosts.forEach((name, i) => {
    const fn = host(name);
    if (fn === undefined) throw new RangeError(`no host function '${name}'`);
    imports.set(`h${i}`, fn);
  });
  const { exports } = new WebAssembly.Instance(module, { host: Object.fromEntries(imports) });
  const call = (i: number): GraphCall => exports[`f${i}`] as GraphCall;
  return { functions: Array.from({ length: count }, (_, i) => call(i)), prepare: call(count) };
}

function assemble(bodies: readonly (readonly ByteWriter[])[], arities: readonly number[]): Uint8Array {
  const most = arities.reduce((a, b) => Math.max(a, b), 0);
  const parts = bodies.flat();
  const firstPart = arities.length;
  const entries: number[] = [];
  const wrappers: ByteWriter[] = [];
  let next = firstPart;
  for (const own of bodies) {
    if (own.length === 1) entries.push(next);
    else {
      entries.push(firstPart + parts.length + wrappers.length);
      wrappers.push(wrapper(next, own.length));
    }
    next += own.length;
  }
  const code = [...parts, ...wrappers];
  const out = new ByteWriter().raw([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(out, 1, typeSection(most));
  section(out, 2, importSection(arities));
  section(
    out,
    3,
    listed(code, (w) => w.unsigned(most + 1)),
  );
  section(
    out,
    7,
    listed(entries, (w, entry, i) => w.name(`f${i}`).byte(0).unsigned(entry)),
  );
  section(
    out,
    10,
    listed(code, (w, body) => w.sized(body)),
  );
  return out.view();
}

/** Calls parts in a row with its own arguments. */
function wrapper(first: number, count: number): ByteWriter {
  const out = new ByteWriter().byte(0);
  for (let k = 0; k < count; k++) {
    for (let argument = 0; argument < 4; argument++) out.byte(op.LOCAL_GET).byte(argument);
    out
      .byte(op.CALL)
      .unsigned(first + k)
      .byte(op.DROP);
  }
  return out.byte(op.I32_CONST).byte(0).byte(op.END);
}

/** Types 0..most take so many doubles and give one; the type after is that of the module's own functions. */
function typeSection(most: number): ByteWriter {
  const out = new ByteWriter().unsigned(most + 2);
  for (let args = 0; args <= most; args++) {
    out.byte(0x60).unsigned(args);
    for (let i = 0; i < args; i++) out.byte(op.F64);
    out.byte(1).byte(op.F64);
  }
  return out.byte(0x60).byte(4).byte(op.F64).byte(op.I32).byte(op.I32).byte(op.I32).byte(1).byte(op.I32);
}

function importSection(arities: readonly number[]): ByteWriter {
  const out = new ByteWriter().unsigned(arities.length + 2);
  for (const [i, args] of arities.entries()) out.name("host").name(`h${i}`).byte(0).unsigned(args);
  out.name("host").name("memory").byte(2).byte(0).unsigned(1);
  return out.name("host").name("scratch").byte(3).byte(op.I32).byte(0);
}

function listed<T>(items: readonly T[], write: (out: ByteWriter, item: T, index: number) => void): ByteWriter {
  const out = new ByteWriter().unsigned(items.length);
  items.forEach((item, i) => {
    write(out, item, i);
  });
  return out;
}

function section(out: ByteWriter, id: number, content: ByteWriter): void {
  out.byte(id).sized(content);
}
