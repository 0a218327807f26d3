import type { MathNode } from "mathjs";
import { ConstantNode, FunctionNode, OperatorNode, SymbolNode } from "../vendor/mathjs.ts";
import { type ReadContext, refuse } from "./context.ts";
import { BUILTIN } from "./math-names.ts";
import type { XmlElement } from "./xml.ts";

const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|([-+*/^(),]))/y;

/** Level 1 functions (SBML Level 1 Version 2, table 5) to the names of the mathjs tree. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ...["abs", "exp", "floor", "sin", "cos", "tan"].map((n) => [n, n] as const),
  ["ceil", "ceiling"],
  ["acos", "arccos"],
  ["asin", "arcsin"],
  ["atan", "arctan"],
  ["log", "ln"],
]);

/** An infix formula of Level 1 as a mathjs tree. Throws `sbml/formula` saying what was found where. */
export function parseFormula(context: ReadContext, element: XmlElement, text: string): MathNode {
  return new FormulaParser(context, element, text).parse();
}

type Token = { kind: "number" | "name" | "symbol" | "end"; text: string };

/** Precedence climbing over the tokens of one formula. */
class FormulaParser {
  private position = 0;
  private depth = 0;
  private nodes = 0;
  private token: Token = { kind: "end", text: "" };
  private readonly context: ReadContext;
  private readonly element: XmlElement;
  private readonly text: string;

  constructor(context: ReadContext, element: XmlElement, text: string) {
    this.context = context;
    this.element = element;
    this.text = text;
    this.next();
  }

  parse(): MathNode {
    const node = this.sum();
    if (this.token.kind !== "end") this.fail("an operator");
    return node;
  }

  private next(): void {
    TOKEN.lastIndex = this.position;
    const match = TOKEN.exec(this.text);
    if (match === null) {
      if (this.text.slice(this.position).trim() !== "") this.fail("a number, a name or an operator");
      this.token = { kind: "end", text: "" };
      return;
    }
    this.position = TOKEN.lastIndex;
    const [, number, name, symbol] = match;
    if (number !== undefined) this.token = { kind: "number", text: number };
    else if (name !== undefined) this.token = { kind: "name", text: name };
    else this.token = { kind: "symbol", text: symbol ?? "" };
  }

  private take(symbol: string): boolean {
    if (this.token.kind !== "symbol" || this.token.text !== symbol) return false;
    this.next();
    return true;
  }

  /** Terms side by side: `a - b + c` is the sum of a, -b and c, which is the same number and nests no deeper. */
  private sum(): MathNode {
    this.enter();
    const terms = [this.product()];
    for (;;) {
      if (this.take("+")) terms.push(this.product());
      else if (this.take("-")) terms.push(new OperatorNode("-", "unaryMinus", [this.product()]));
      else break;
    }
    this.depth--;
    return oneOrMore("+", "add", terms);
  }

  /** Factors side by side as far as nothing is divided. */
  private product(): MathNode {
    let factors = [this.sign()];
    let divisions = 0;
    for (;;) {
      if (this.take("*")) factors.push(this.sign());
      else if (this.take("/")) {
        if (++divisions > this.context.limits.depth) this.fail("fewer divisions in a row");
        factors = [new OperatorNode("/", "divide", [oneOrMore("*", "multiply", factors), this.sign()])];
      } else return oneOrMore("*", "multiply", factors);
    }
  }

  private sign(): MathNode {
    let negative = false;
    for (;;) {
      if (this.take("-")) negative = !negative;
      else if (!this.take("+")) break;
    }
    const node = this.power();
    return negative ? new OperatorNode("-", "unaryMinus", [node]) : node;
  }

  private power(): MathNode {
    this.enter();
    const base = this.primary();
    const node = this.take("^") ? new OperatorNode("^", "pow", [base, this.sign()]) : base;
    this.depth--;
    return node;
  }

  /** Counts what is nested, and the nodes of the formula. */
  private enter(): void {
    const { limits } = this.context;
    if (++this.depth > 2 * limits.depth) this.fail("less nesting");
    if (++this.nodes > limits.mathNodes)
      refuse(this.context, this.element, "sbml/too-large", `A formula has more than ${limits.mathNodes} nodes`);
  }

  private primary(): MathNode {
    const { kind, text } = this.token;
    if (kind === "number") {
      this.next();
      return new ConstantNode(Number(text));
    }
    if (kind === "name") {
      this.next();
      return this.take("(") ? this.call(text, this.rest()) : new SymbolNode(text);
    }
    if (!this.take("(")) this.fail("a number, a name or '('");
    const inner = this.sum();
    if (!this.take(")")) this.fail("')'");
    return inner;
  }

  private rest(): MathNode[] {
    const args: MathNode[] = [];
    if (this.take(")")) return args;
    do args.push(this.sum());
    while (this.take(","));
    if (!this.take(")")) this.fail("',' or ')'");
    return args;
  }

  private call(name: string, args: MathNode[]): MathNode {
    const builtin = FUNCTIONS.get(name);
    const [first, second] = args;
    const named = (fn: string, operands: MathNode[]): MathNode =>
      new FunctionNode(new SymbolNode(BUILTIN + fn), operands);
    if (builtin !== undefined) return named(builtin, args);
    if (first === undefined) return new FunctionNode(new SymbolNode(name), args);
    if (name === "log10") return named("log", [new ConstantNode(10), first]);
    if (name === "sqrt") return named("root", [new ConstantNode(2), first]);
    if (name === "sqr") return new OperatorNode("^", "pow", [first, new ConstantNode(2)]);
    if (name === "pow" && second !== undefined) return new OperatorNode("^", "pow", [first, second]);
    return new FunctionNode(new SymbolNode(name), args);
  }

  private fail(expected: string): never {
    const found = this.token.kind === "end" ? "the end" : `'${this.token.text}'`;
    const near = this.text.slice(Math.max(0, this.position - 40), this.position + 40);
    refuse(
      this.context,
      this.element,
      "sbml/formula",
      `Got ${found} at character ${this.position} of the formula '${near === this.text ? near : `...${near}...`}' when ${expected} was expected`,
    );
  }
}

function oneOrMore(symbol: "+" | "*", name: "add" | "multiply", nodes: MathNode[]): MathNode {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : new OperatorNode(symbol, name, nodes);
}
