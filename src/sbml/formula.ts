import { ConstantNode, FunctionNode, type MathNode, OperatorNode, SymbolNode } from "mathjs/number";
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

  private sum(): MathNode {
    if (++this.depth > this.context.limits.depth) this.fail("fewer nested parentheses");
    let left = this.product();
    for (;;) {
      if (this.take("+")) left = new OperatorNode("+", "add", [left, this.product()]);
      else if (this.take("-")) left = new OperatorNode("-", "subtract", [left, this.product()]);
      else break;
    }
    this.depth--;
    return left;
  }

  private product(): MathNode {
    let left = this.sign();
    for (;;) {
      if (this.take("*")) left = new OperatorNode("*", "multiply", [left, this.sign()]);
      else if (this.take("/")) left = new OperatorNode("/", "divide", [left, this.sign()]);
      else return left;
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
    const base = this.primary();
    return this.take("^") ? new OperatorNode("^", "pow", [base, this.sign()]) : base;
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
    refuse(
      this.context,
      this.element,
      "sbml/formula",
      `Got ${found} at character ${this.position} of the formula '${this.text}' when ${expected} was expected`,
    );
  }
}
