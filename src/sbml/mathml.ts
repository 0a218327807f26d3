import type { MathNode } from "mathjs";
import { ConstantNode, FunctionNode, OperatorNode, SymbolNode } from "../vendor/mathjs.ts";
import { attribute, parseDouble } from "./attributes.ts";
import { type ReadContext, refuse, unsupported } from "./context.ts";
import {
  AVOGADRO,
  BUILTIN,
  DELAY,
  DISTRIB,
  DRAWS,
  FUNCTIONS,
  OPERATORS,
  PIECEWISE,
  RATE_OF,
  TIME,
} from "./math-names.ts";
import { MATHML } from "./namespaces.ts";
import { setUnitsOfNumber } from "./number-units.ts";
import type { XmlElement } from "./xml.ts";

const CONSTANTS: ReadonlyMap<string, number | boolean> = new Map<string, number | boolean>([
  ["true", true],
  ["false", false],
  ["notanumber", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["pi", Math.PI],
  ["exponentiale", Math.E],
]);

const CSYMBOLS: ReadonlyMap<string, string> = new Map([
  ["http://www.sbml.org/sbml/symbols/time", TIME],
  ["http://www.sbml.org/sbml/symbols/avogadro", AVOGADRO],
  ["http://www.sbml.org/sbml/symbols/delay", DELAY],
  ["http://www.sbml.org/sbml/symbols/rateOf", RATE_OF],
]);

/** Arguments of csymbols that are called. */
const CALLS: ReadonlyMap<string, readonly [number, number]> = new Map<string, readonly [number, number]>([
  [DELAY, [2, 2]],
  [RATE_OF, [1, 1]],
]);

/** The `<math>` child of an element as a mathjs tree; undefined where the element has none or it is empty. */
export function readMathOf(context: ReadContext, element: XmlElement): MathNode | undefined {
  const math = element.children.find((c) => c.name === "math" && c.uri === MATHML);
  return math === undefined ? undefined : readMath(context, math);
}

/** A `<math>` element as a mathjs tree, built node by node; undefined where it is empty. */
export function readMath(context: ReadContext, math: XmlElement): MathNode | undefined {
  const content = math.children[0];
  if (content === undefined) return undefined;
  if (math.children.length > 1)
    refuse(context, math, "sbml/math", `<math> holds ${math.children.length} expressions when one was expected`);
  return new MathReader(context).node(content);
}

/** Bound variables and body of a `<lambda>`. */
export function readLambda(
  context: ReadContext,
  lambda: XmlElement,
): { parameters: string[]; body: MathNode | undefined } {
  const parameters: string[] = [];
  let body: MathNode | undefined;
  for (const part of lambda.children) {
    if (part.name === "bvar") parameters.push((part.children[0]?.text ?? part.text).trim());
    else body = new MathReader(context).node(part);
  }
  return { parameters, body };
}

/** Walks one expression and counts its nodes. */
class MathReader {
  private nodes = 0;
  private readonly context: ReadContext;

  constructor(context: ReadContext) {
    this.context = context;
  }

  node(element: XmlElement): MathNode {
    const { context } = this;
    if (element.uri !== MATHML)
      refuse(context, element, "sbml/math", `<${element.name}> inside <math> is not MathML (SBML rule 10201)`);
    if (++this.nodes > context.limits.mathNodes)
      refuse(context, element, "sbml/too-large", `An expression has more than ${context.limits.mathNodes} nodes`);
    switch (element.name) {
      case "apply":
        return this.apply(element);
      case "cn":
        return this.number(element);
      case "ci":
        return new SymbolNode(this.name(element));
      case "csymbol":
        return new SymbolNode(this.csymbol(element));
      case "piecewise":
        return this.piecewise(element);
      case "semantics":
        return this.node(element.children[0] ?? this.empty(element));
      default: {
        const constant = CONSTANTS.get(element.name);
        if (constant === undefined) unsupported(context, element, `MathML <${element.name}>`);
        return new ConstantNode(constant as number);
      }
    }
  }

  private apply(element: XmlElement): MathNode {
    const [head, ...rest] = element.children;
    if (head === undefined) return this.empty(element);
    if (head.name === "ci") return new FunctionNode(new SymbolNode(this.name(head)), this.all(rest));
    if (head.name === "csymbol") return this.callCsymbol(head, rest);
    if (head.name === "root") return this.qualified(head, rest, "degree", 2);
    if (head.name === "log") return this.qualified(head, rest, "logbase", 10);
    const args = this.all(rest);
    const operator = OPERATORS.get(head.name);
    if (operator !== undefined) return this.operator(head, operator, args);
    const arity = FUNCTIONS.get(head.name);
    if (arity === undefined) unsupported(this.context, head, `MathML <${head.name}>`);
    this.count(head, args, arity[0], arity[1]);
    return call(head.name, args);
  }

  private operator(
    head: XmlElement,
    [symbol, fn, least, most]: readonly [string, string, number, number],
    args: MathNode[],
  ): MathNode {
    this.count(head, args, least, most);
    const [only] = args;
    if (only === undefined) return new ConstantNode(symbol === "*" ? 1 : 0);
    if (args.length > 1) return new OperatorNode(symbol as "+", fn as "add", args);
    return symbol === "-" ? new OperatorNode("-", "unaryMinus", args) : only;
  }

  /** `root` and `log`: an optional qualifier first, then one operand; the call is `%root(degree, x)`. */
  private qualified(head: XmlElement, rest: XmlElement[], qualifier: string, fallback: number): MathNode {
    const given = rest[0]?.name === qualifier ? rest[0] : undefined;
    const args = this.all(given === undefined ? rest : rest.slice(1));
    this.count(head, args, 1, 1);
    const inner = given?.children[0];
    return call(head.name, [inner === undefined ? new ConstantNode(fallback) : this.node(inner), ...args]);
  }

  private callCsymbol(head: XmlElement, rest: XmlElement[]): MathNode {
    const name = this.csymbol(head);
    const args = this.all(rest);
    const [least, most] = CALLS.get(name) ?? DRAWS.get(name.slice(DISTRIB.length)) ?? [0, -1];
    if (most < 0) unsupported(this.context, head, `csymbol '${name.slice(1)}' as a function`);
    this.count(head, args, least, most);
    return new FunctionNode(new SymbolNode(name), args);
  }

  private piecewise(element: XmlElement): MathNode {
    const args: MathNode[] = [];
    let otherwise: MathNode | undefined;
    for (const part of element.children) {
      const values = this.all(part.children);
      if (part.name === "piece" && values.length === 2) args.push(...values);
      else if (part.name === "otherwise" && values.length === 1) otherwise = values[0];
      else refuse(this.context, part, "sbml/math", `<${part.name}> in <piecewise> holds ${values.length} expressions`);
    }
    return new FunctionNode(new SymbolNode(PIECEWISE), otherwise === undefined ? args : [...args, otherwise]);
  }

  private number(element: XmlElement): MathNode {
    const type = attribute(element, "type") ?? "real";
    const sep = element.children.find((c) => c.name === "sep");
    const text = element.text;
    const [before, after] = sep === undefined ? [text, ""] : [text.slice(0, sep.offset), text.slice(sep.offset)];
    const value = combine(type, before.trim(), after.trim());
    if (value === undefined)
      refuse(
        this.context,
        element,
        "sbml/number",
        `Got '${text.trim()}' in <cn type="${type}"> when a number was expected`,
      );
    const node = new ConstantNode(value);
    const units = attribute(element, "units", this.context.core);
    if (units !== undefined) setUnitsOfNumber(node, units.trim());
    return node;
  }

  private name(element: XmlElement): string {
    const name = element.text.trim();
    if (!/^[A-Za-z_]\w*$/.test(name))
      refuse(this.context, element, "sbml/id", `Got '${name}' in <ci> when an id was expected`);
    return name;
  }

  private csymbol(element: XmlElement): string {
    const url = attribute(element, "definitionURL") ?? "";
    const drawn = /^http:\/\/www\.sbml\.org\/sbml\/symbols\/distrib\/([a-z]+)$/.exec(url.trim())?.[1];
    if (drawn !== undefined && DRAWS.has(drawn)) return DISTRIB + drawn;
    return CSYMBOLS.get(url.trim()) ?? unsupported(this.context, element, `csymbol '${url}'`);
  }

  private all(elements: readonly XmlElement[]): MathNode[] {
    return elements.map((e) => this.node(e));
  }

  private count(head: XmlElement, args: readonly MathNode[], least: number, most: number): void {
    if (args.length >= least && args.length <= most) return;
    const expected =
      least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
    refuse(
      this.context,
      head,
      "sbml/math",
      `<${head.name}> has ${args.length} arguments when ${expected} were expected (SBML rule 10218)`,
    );
  }

  private empty(element: XmlElement): never {
    refuse(this.context, element, "sbml/math", `<${element.name}> is empty`);
  }
}

function call(name: string, args: MathNode[]): MathNode {
  return new FunctionNode(new SymbolNode(BUILTIN + name), args);
}

/** The value of `<cn>`: one text, or two parted by `<sep/>`. */
function combine(type: string, before: string, after: string): number | undefined {
  const first = parseDouble(before);
  if (first === undefined) return undefined;
  if (type !== "e-notation" && type !== "rational") return first;
  const second = parseDouble(after);
  if (second === undefined) return undefined;
  if (type === "rational") return first / second;
  return parseDouble(`${before}e${after}`) ?? Number(`${first}e${second}`);
}
