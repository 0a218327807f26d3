import type { Operator } from "./expression.ts";
import type { NodeId, NodeMaker } from "./graph-node.ts";

/**
 * An operator on numbers where the result is the same bits everywhere (IEEE 754 basic operations and comparisons);
 * undefined for others.
 */
export function foldable(operator: Operator, x: number, y: number): number | undefined {
  const rule = EXACT.get(operator);
  return rule === undefined ? undefined : Number(rule(x, y));
}

const EXACT: ReadonlyMap<Operator, (x: number, y: number) => number | boolean> = new Map<
  Operator,
  (x: number, y: number) => number | boolean
>([
  ["add", (x, y) => x + y],
  ["subtract", (x, y) => x - y],
  ["multiply", (x, y) => x * y],
  ["divide", (x, y) => x / y],
  ["negate", (x) => -x],
  ["abs", (x) => Math.abs(x)],
  ["sqrt", (x) => Math.sqrt(x)],
  ["floor", (x) => Math.floor(x)],
  ["ceiling", (x) => Math.ceil(x)],
  ["min", (x, y) => Math.min(x, y)],
  ["max", (x, y) => Math.max(x, y)],
  ["lt", (x, y) => x < y],
  ["leq", (x, y) => x <= y],
  ["gt", (x, y) => x > y],
  ["geq", (x, y) => x >= y],
  ["eq", (x, y) => x === y],
  ["neq", (x, y) => x !== y],
  ["not", (x) => !isTrue(x)],
  ["and", (x, y) => isTrue(x) && isTrue(y)],
  ["or", (x, y) => isTrue(x) || isTrue(y)],
  ["xor", (x, y) => isTrue(x) !== isTrue(y)],
]);

/** WebAssembly's `x != 0`, which holds for what is not a number. */
function isTrue(x: number): boolean {
  return x !== 0;
}

/** Functions that are one over another. */
const RECIPROCAL: ReadonlyMap<string, string> = new Map([
  ["sec", "cos"],
  ["csc", "sin"],
  ["cot", "tan"],
  ["sech", "cosh"],
  ["csch", "sinh"],
  ["coth", "tanh"],
]);

/** Functions that are another of one over the argument. */
const OF_RECIPROCAL: ReadonlyMap<string, string> = new Map([
  ["arcsec", "arccos"],
  ["arccsc", "arcsin"],
  ["arccot", "arctan"],
  ["arcsech", "arccosh"],
  ["arccsch", "arcsinh"],
  ["arccoth", "arctanh"],
]);

/** Host functions that are written by others; undefined where the function is one of its own. */
export function rewriteHost(graph: NodeMaker, name: string, args: readonly NodeId[]): NodeId | undefined {
  const [a, b] = args;
  if (a === undefined) return undefined;
  const over = (x: NodeId): NodeId => graph.apply("divide", graph.number(1), x);
  const reciprocal = RECIPROCAL.get(name);
  if (reciprocal !== undefined) return over(graph.host(reciprocal, args));
  const inner = OF_RECIPROCAL.get(name);
  if (inner !== undefined) return graph.host(inner, [over(a)]);
  if (name === "log" && b !== undefined) {
    const base = graph.node(a);
    return base.tag === "number" && base.value === 10
      ? graph.host("log10", [b])
      : graph.apply("divide", graph.host("ln", [b]), graph.host("ln", [a]));
  }
  if (name === "root" && b !== undefined) {
    const degree = graph.node(a);
    if (degree.tag === "number" && degree.value === 2) return graph.apply("sqrt", b);
    if (degree.tag === "number" && degree.value === 3) return graph.host("cbrt", [b]);
  }
  return undefined;
}
