import type { ExpressionGraph } from "./expression-graph.ts";
import type { NodeId } from "./graph-node.ts";

/** The derivative of a function by its operand, given operand and function value. */
type UnaryRule = (graph: ExpressionGraph, x: NodeId, self: NodeId) => NodeId;

const one = (g: ExpressionGraph): NodeId => g.number(1);
const times = (g: ExpressionGraph, a: NodeId, b: NodeId): NodeId => g.apply("multiply", a, b);
const over = (g: ExpressionGraph, a: NodeId, b: NodeId): NodeId => g.apply("divide", a, b);
const square = (g: ExpressionGraph, a: NodeId): NodeId => times(g, a, a);
/** 1 / sqrt(plus + sign x^2) */
const overRoot = (g: ExpressionGraph, x: NodeId, plus: number, sign: "add" | "subtract"): NodeId => {
  const inside = plus < 0 ? g.apply("subtract", square(g, x), one(g)) : g.apply(sign, one(g), square(g, x));
  return over(g, one(g), g.apply("sqrt", inside));
};

const HOST_RULES: ReadonlyMap<string, UnaryRule> = new Map<string, UnaryRule>([
  ["exp", (_g, _x, self) => self],
  ["ln", (g, x) => over(g, one(g), x)],
  ["log10", (g, x) => over(g, one(g), times(g, x, g.number(Math.LN10)))],
  ["cbrt", (g, _x, self) => over(g, one(g), times(g, g.number(3), square(g, self)))],
  ["sin", (g, x) => g.host("cos", [x])],
  ["cos", (g, x) => g.apply("negate", g.host("sin", [x]))],
  ["tan", (g, _x, self) => g.apply("add", one(g), square(g, self))],
  ["sinh", (g, x) => g.host("cosh", [x])],
  ["cosh", (g, x) => g.host("sinh", [x])],
  ["tanh", (g, _x, self) => g.apply("subtract", one(g), square(g, self))],
  ["arcsin", (g, x) => overRoot(g, x, 1, "subtract")],
  ["arccos", (g, x) => g.apply("negate", overRoot(g, x, 1, "subtract"))],
  ["arctan", (g, x) => over(g, one(g), g.apply("add", one(g), square(g, x)))],
  ["arcsinh", (g, x) => overRoot(g, x, 1, "add")],
  ["arccosh", (g, x) => overRoot(g, x, -1, "subtract")],
  ["arctanh", (g, x) => over(g, one(g), g.apply("subtract", one(g), square(g, x)))],
]);

/** Host functions that count as constant: of whole numbers, or of the past. */
const CONSTANT: ReadonlySet<string> = new Set(["factorial", "quotient", "delay"]);

/** Whether a host function can be differentiated; with others a Jacobian has to come from difference quotients. */
export function hasDerivative(name: string): boolean {
  return HOST_RULES.has(name) || CONSTANT.has(name) || name === "root" || name === "rem";
}

/** Partial derivative of a node (not `if`) by its i-th operand; undefined where it is 0 everywhere. */
export function derivativeRule(g: ExpressionGraph, id: NodeId, i: number): NodeId | undefined {
  const { tag, args, name } = g.node(id);
  const [x = id, y = id] = args;
  switch (tag) {
    case "add":
      return one(g);
    case "subtract":
      return g.number(i === 0 ? 1 : -1);
    case "negate":
      return g.number(-1);
    case "multiply":
      return i === 0 ? y : x;
    case "divide":
      return i === 0 ? over(g, one(g), y) : g.apply("negate", over(g, id, y));
    case "power":
      return i === 0 ? powerByBase(g, x, y) : powerByExponent(g, id, x);
    case "sqrt":
      return over(g, g.number(0.5), id);
    case "abs":
      return g.choose(g.apply("lt", x, g.number(0)), g.number(-1), one(g));
    case "min":
    case "max": {
      const first = g.apply(tag === "min" ? "leq" : "geq", x, y);
      return i === 0 ? g.choose(first, one(g), g.number(0)) : g.choose(first, g.number(0), one(g));
    }
    case "host":
      return hostRule(g, name, id, i);
    default:
      return undefined;
  }
}

/** n x^(n - 1) */
function powerByBase(g: ExpressionGraph, x: NodeId, n: NodeId): NodeId {
  return times(g, n, g.apply("power", x, g.apply("subtract", n, one(g))));
}

/** x^n ln x, and 0 where x is not positive. */
function powerByExponent(g: ExpressionGraph, self: NodeId, x: NodeId): NodeId {
  return g.choose(g.apply("gt", x, g.number(0)), times(g, self, g.host("ln", [x])), g.number(0));
}

function hostRule(g: ExpressionGraph, name: string, id: NodeId, i: number): NodeId | undefined {
  if (CONSTANT.has(name)) return undefined;
  const [x = id, y = id] = g.node(id).args;
  if (name === "rem") return i === 0 ? one(g) : g.apply("negate", g.host("quotient", [x, y]));
  if (name === "root") {
    if (i === 1) return over(g, id, times(g, x, y));
    return g.apply("negate", over(g, times(g, id, g.host("ln", [g.apply("abs", y)])), square(g, x)));
  }
  const rule = HOST_RULES.get(name);
  if (rule === undefined) throw new RangeError(`no derivative of '${name}'`);
  return rule(g, x, id);
}
