import type { Operator } from "./expression.ts";
import type { ExpressionGraph } from "./expression-graph.ts";
import type { GraphNode, NodeId } from "./graph-node.ts";
import type { ByteWriter } from "./wasm-bytes.ts";
import * as op from "./wasm-opcodes.ts";

/** Where a double lies: a pointer that the function is given (or the module's own scratch), and an index. */
export interface Place {
  readonly base: "y" | "out" | "data" | "scratch";
  readonly index: number;
}

/** How the code of a function finds values that are not computed on the spot. */
export interface Surroundings {
  /** Where a slot is read, or "t" for the function's first argument. */
  placeOf(slot: number): Place | "t";
  /** Where a node's value is kept: a local variable or a place; undefined where it is computed in line. */
  kept(id: NodeId): { readonly local: number } | Place | undefined;
  /** Index of the function that stands for a host function. */
  hostIndex(name: string, args: number): number;
}

const ARITHMETIC: ReadonlyMap<string, number> = new Map<Operator, number>([
  ["add", 0xa0],
  ["subtract", 0xa1],
  ["multiply", 0xa2],
  ["divide", 0xa3],
  ["min", 0xa4],
  ["max", 0xa5],
]);

const UNARY: ReadonlyMap<string, number> = new Map<Operator, number>([
  ["abs", 0x99],
  ["negate", 0x9a],
  ["ceiling", 0x9b],
  ["floor", 0x9c],
  ["sqrt", 0x9f],
]);

const COMPARISON: ReadonlyMap<string, number> = new Map<Operator, number>([
  ["eq", 0x61],
  ["neq", 0x62],
  ["lt", 0x63],
  ["gt", 0x64],
  ["leq", 0x65],
  ["geq", 0x66],
]);

const LOGICAL: ReadonlyMap<string, number> = new Map<Operator, number>([
  ["and", op.I32_AND],
  ["or", op.I32_OR],
  ["xor", op.I32_XOR],
]);

/** Arguments of every function: time, pointers to states, results and data. */
const POINTER = { y: 1, out: 2, data: 3 } as const;

/** Writes nodes as WebAssembly stack code. */
export class GraphCoder {
  private readonly graph: ExpressionGraph;
  private readonly out: ByteWriter;
  private readonly around: Surroundings;

  constructor(graph: ExpressionGraph, out: ByteWriter, around: Surroundings) {
    this.graph = graph;
    this.out = out;
    this.around = around;
  }

  /** Leaves a double on the stack. Long chains of left operands are walked without recursion. */
  value(id: NodeId): void {
    const spine: GraphNode[] = [];
    let at = id;
    for (let node = this.chained(at); node !== undefined; node = this.chained(at)) {
      spine.push(node);
      at = node.args[0] ?? at;
    }
    this.single(at);
    for (let node = spine.pop(); node !== undefined; node = spine.pop()) {
      const right = node.args[1];
      if (right !== undefined) this.value(right);
      this.out.byte(ARITHMETIC.get(node.tag) ?? UNARY.get(node.tag) ?? op.NOP);
    }
  }

  /** Leaves a double on the stack, computed here even where the node is kept elsewhere. */
  computed(id: NodeId): void {
    const node = this.graph.node(id);
    const code = ARITHMETIC.get(node.tag) ?? UNARY.get(node.tag);
    if (code === undefined) this.special(node);
    else {
      for (const a of node.args) this.value(a);
      this.out.byte(code);
    }
  }

  address({ base }: Place): void {
    if (base === "scratch") this.out.byte(op.GLOBAL_GET).byte(0);
    else this.out.byte(op.LOCAL_GET).byte(POINTER[base]);
  }

  /** Stores the double on the stack above an address. */
  store({ index }: Place): void {
    this.out
      .byte(op.F64_STORE)
      .byte(3)
      .unsigned(index * 8);
  }

  private chained(id: NodeId): GraphNode | undefined {
    if (this.around.kept(id) !== undefined) return undefined;
    const node = this.graph.node(id);
    return ARITHMETIC.has(node.tag) || UNARY.has(node.tag) ? node : undefined;
  }

  private single(id: NodeId): void {
    const kept = this.around.kept(id);
    if (kept === undefined) this.special(this.graph.node(id));
    else if ("local" in kept) this.out.byte(op.LOCAL_GET).unsigned(kept.local);
    else this.load(kept);
  }

  private load(place: Place): void {
    this.address(place);
    this.out
      .byte(op.F64_LOAD)
      .byte(3)
      .unsigned(place.index * 8);
  }

  private special(node: GraphNode): void {
    const { tag, args, value, name } = node;
    const [first = 0, second = 0, third = 0] = args;
    if (tag === "number") this.out.byte(op.F64_CONST).double(value);
    else if (tag === "slot") {
      const place = this.around.placeOf(value);
      if (place === "t") this.out.byte(op.LOCAL_GET).byte(0);
      else this.load(place);
    } else if (tag === "if") {
      this.condition(first);
      this.out.byte(op.IF).byte(op.F64);
      this.value(second);
      this.out.byte(op.ELSE);
      this.value(third);
      this.out.byte(op.END);
    } else if (tag === "host" || tag === "power") {
      for (const a of args) this.value(a);
      this.out.byte(op.CALL).unsigned(this.around.hostIndex(tag === "power" ? "power" : name, args.length));
    } else {
      this.relation(node);
      this.out.byte(op.F64_CONVERT_I32);
    }
  }

  /** Leaves a truth value (i32) on the stack. */
  private condition(id: NodeId): void {
    const node = this.graph.node(id);
    const direct = COMPARISON.has(node.tag) || LOGICAL.has(node.tag) || node.tag === "not";
    if (direct && this.around.kept(id) === undefined) this.relation(node);
    else {
      this.value(id);
      this.out.byte(op.F64_CONST).double(0).byte(op.F64_NE);
    }
  }

  private relation({ tag, args }: GraphNode): void {
    const comparison = COMPARISON.get(tag);
    for (const a of args) {
      if (comparison === undefined) this.condition(a);
      else this.value(a);
    }
    this.out.byte(comparison ?? LOGICAL.get(tag) ?? op.I32_EQZ);
  }
}
