import type { Expression, Operator } from "./expression.ts";
import { foldable, rewriteHost } from "./expression-rules.ts";
import type { GraphNode, NodeId, NodeMaker } from "./graph-node.ts";

/** Which node stands for a slot: a definition is written out where its slot is read. */
export type Substitution = ReadonlyMap<number, NodeId>;

const NO_SUBSTITUTION: Substitution = new Map();
const NO_ARGS: readonly NodeId[] = [];
const COMPARISONS: ReadonlySet<Operator> = new Set<Operator>(["lt", "leq", "gt", "geq", "eq", "neq"]);
const SYMMETRIC: ReadonlySet<string> = new Set<string>(["add", "multiply", "eq", "neq", "and", "or", "xor"]);

/**
 * Expressions that share what they have in common: equal subexpressions are one node.
 *
 * Operators are unary or binary here: longer sums, products and chains are folded from the left. Arithmetic on numbers
 * is done at once where it is exact to the last bit on every machine.
 */
export class ExpressionGraph implements NodeMaker {
  private readonly nodes: GraphNode[] = [];
  private readonly known = new Map<string, NodeId>();
  private readonly numbers = new Map<number, NodeId>();
  private readonly moving: (slot: number) => boolean;

  /** @param moving slots that change while parameters stand still: the time, states, what follows from them */
  constructor(moving: (slot: number) => boolean = () => true) {
    this.moving = moving;
  }

  get size(): number {
    return this.nodes.length;
  }

  node(id: NodeId): GraphNode {
    const found = this.nodes[id];
    if (found === undefined) throw new RangeError(`no node ${id} in a graph of ${this.nodes.length}`);
    return found;
  }

  number(value: number): NodeId {
    if (Object.is(value, -0)) return this.intern("-0", { tag: "number", args: NO_ARGS, value, name: "", moves: false });
    const found = this.numbers.get(value);
    if (found !== undefined) return found;
    const id = this.nodes.push({ tag: "number", args: NO_ARGS, value, name: "", moves: false }) - 1;
    this.numbers.set(value, id);
    return id;
  }

  slot(index: number): NodeId {
    return this.intern(`@${index}`, { tag: "slot", args: NO_ARGS, value: index, name: "", moves: this.moving(index) });
  }

  /** Applies an operator to one or two nodes; neutral elements are dropped. */
  apply(operator: Operator, a: NodeId, b?: NodeId): NodeId {
    const simple = b === undefined ? this.simplifyUnary(operator, a) : this.simplifyBinary(operator, a, b);
    if (simple !== undefined) return simple;
    const swap = b !== undefined && b < a && SYMMETRIC.has(operator);
    const args = b === undefined ? [a] : swap ? [b, a] : [a, b];
    return this.intern(`${operator}:${args.join()}`, this.compound(operator, args));
  }

  /** Calls a host function. A random draw is a node of its own each time. */
  host(name: string, args: readonly NodeId[]): NodeId {
    const rewritten = rewriteHost(this, name, args);
    if (rewritten !== undefined) return rewritten;
    const node = this.compound("host", args, name);
    return isDraw(name) ? this.nodes.push({ ...node, moves: true }) - 1 : this.intern(`${name}(${args.join()}`, node);
  }

  choose(condition: NodeId, yes: NodeId, no: NodeId): NodeId {
    const { tag, value } = this.node(condition);
    if (tag === "number") return value !== 0 ? yes : no;
    return yes === no ? yes : this.intern(`?${condition},${yes},${no}`, this.compound("if", [condition, yes, no]));
  }

  /** The node of an expression; slots in `replaced` are written out. */
  add(e: Expression, replaced: Substitution = NO_SUBSTITUTION): NodeId {
    switch (e.kind) {
      case "number":
        return this.number(e.value);
      case "slot":
        return replaced.get(e.slot) ?? this.slot(e.slot);
      case "host":
        return this.host(
          e.name,
          e.args.map((a) => this.add(a, replaced)),
        );
      case "if":
        return this.choose(this.add(e.condition, replaced), this.add(e.yes, replaced), this.add(e.no, replaced));
      case "bind":
        return this.add(e.body, new Map(replaced).set(e.slot, this.add(e.value, replaced)));
      case "apply":
        return this.folded(
          e.operator,
          e.args.map((a) => this.add(a, replaced)),
        );
    }
  }

  private folded(operator: Operator, args: readonly NodeId[]): NodeId {
    const [first, second] = args;
    if (operator === "and" || operator === "or" || operator === "xor") return this.logical(operator, args);
    if (first === undefined) return this.number(COMPARISONS.has(operator) ? 1 : Number.NaN);
    if (second === undefined)
      return COMPARISONS.has(operator) ? this.number(1) : UNARY.has(operator) ? this.apply(operator, first) : first;
    if (args.length === 2) return this.apply(operator, first, second);
    if (!COMPARISONS.has(operator))
      return args.slice(1).reduce((left, right) => this.apply(operator, left, right), first);
    const pairs = args.slice(1).map((right, i) => this.apply(operator, args[i] ?? right, right));
    return this.logical("and", pairs);
  }

  private logical(operator: "and" | "or" | "xor", args: readonly NodeId[]): NodeId {
    const start = this.number(operator === "and" ? 1 : 0);
    return args.reduce((left, right) => this.apply(operator, left, right), start);
  }

  private simplifyUnary(operator: Operator, a: NodeId): NodeId | undefined {
    const { tag, value, args } = this.node(a);
    if (tag === "number") {
      const known = foldable(operator, value, Number.NaN);
      if (known !== undefined) return this.number(known);
    }
    return operator === "negate" && tag === "negate" ? args[0] : undefined;
  }

  private simplifyBinary(operator: Operator, a: NodeId, b: NodeId): NodeId | undefined {
    const x = this.numberOf(a);
    const y = this.numberOf(b);
    if (x !== undefined && y !== undefined) {
      const known = foldable(operator, x, y);
      if (known !== undefined) return this.number(known);
    }
    switch (operator) {
      case "add":
        return x === 0 ? b : y === 0 ? a : undefined;
      case "subtract":
        return y === 0 ? a : x === 0 ? this.apply("negate", b) : undefined;
      case "multiply":
        if (x === 1) return b;
        if (y === 1) return a;
        return x === -1 ? this.apply("negate", b) : y === -1 ? this.apply("negate", a) : undefined;
      case "divide":
        return y === 1 ? a : y === -1 ? this.apply("negate", a) : undefined;
      case "power":
        return y === undefined ? undefined : this.wholePower(a, y);
      default:
        return undefined;
    }
  }

  /** Small whole powers are products. */
  private wholePower(a: NodeId, exponent: number): NodeId | undefined {
    if (exponent === 0) return this.number(1);
    if (exponent === 1) return a;
    if (exponent === 0.5) return this.apply("sqrt", a);
    if (exponent === 2) return this.apply("multiply", a, a);
    if (exponent === 3) return this.apply("multiply", this.apply("multiply", a, a), a);
    if (exponent === 4) return this.wholePower(this.apply("multiply", a, a), 2);
    if (exponent === -1) return this.apply("divide", this.number(1), a);
    return undefined;
  }

  private numberOf(id: NodeId): number | undefined {
    const { tag, value } = this.node(id);
    return tag === "number" ? value : undefined;
  }

  private compound(tag: GraphNode["tag"], args: readonly NodeId[], name = ""): GraphNode {
    const moves = name === "delay" || args.some((a) => this.node(a).moves);
    return { tag, args, value: 0, name, moves };
  }

  private intern(key: string, node: GraphNode): NodeId {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const id = this.nodes.push(node) - 1;
    this.known.set(key, id);
    return id;
  }
}

const UNARY: ReadonlySet<Operator> = new Set<Operator>(["negate", "not", "abs", "sqrt", "floor", "ceiling"]);

/** Host functions that draw at random are named `<distribution>/<arguments>`. */
function isDraw(name: string): boolean {
  return name.includes("/");
}
