import type { FunctionNode, MathNode, SymbolNode } from "mathjs";

/**
 * Names that the reader gives to what SBML defines itself, in the mathjs trees. They start with `%`, which no SBML
 * id does, so that a model may call its own things `sin`, `time` or `piecewise`.
 */
export const BUILTIN = "%";

export const TIME = "%time";
export const AVOGADRO = "%avogadro";
export const DELAY = "%delay";
export const RATE_OF = "%rateOf";
export const PIECEWISE = "%piecewise";

/** Start of the names of random draws (package distrib): `%distrib:normal`. */
export const DISTRIB = "%distrib:";

/** Random draws of the package distrib, with fewest and most arguments: bounds of truncation come last. */
export const DRAWS: ReadonlyMap<string, readonly [number, number]> = new Map<string, readonly [number, number]>([
  ...["normal", "binomial", "gamma", "lognormal"].map((name): [string, [number, number]] => [name, [2, 4]]),
  ...["chisquare", "exponential", "poisson", "rayleigh"].map((name): [string, [number, number]] => [name, [1, 3]]),
  ...["cauchy", "laplace"].map((name): [string, [number, number]] => [name, [1, 4]]),
  ["uniform", [2, 2]],
  ["bernoulli", [1, 1]],
]);

/** CODATA value that SBML Level 3 fixes for its csymbol avogadro (L3V1 Core, section 3.4.6). */
export const AVOGADRO_VALUE = 6.02214179e23;

/** MathML operators to mathjs operators: symbol and function name, fewest and most arguments. */
export const OPERATORS: ReadonlyMap<string, readonly [string, string, number, number]> = new Map([
  ["plus", ["+", "add", 0, Number.POSITIVE_INFINITY]],
  ["times", ["*", "multiply", 0, Number.POSITIVE_INFINITY]],
  ["minus", ["-", "subtract", 1, 2]],
  ["divide", ["/", "divide", 2, 2]],
  ["power", ["^", "pow", 2, 2]],
] as const);

const MANY = Number.POSITIVE_INFINITY;
const TRIGONOMETRIC = ["sin", "cos", "tan", "sec", "csc", "cot"].flatMap((f) => [f, `arc${f}`, `${f}h`, `arc${f}h`]);
const UNARY = ["abs", "exp", "ln", "floor", "ceiling", "factorial", "not", ...TRIGONOMETRIC];
const BINARY = ["neq", "implies", "quotient", "rem"];

/** MathML functions with fewest and most arguments; each becomes a call of `%<name>`. */
export const FUNCTIONS: ReadonlyMap<string, readonly [number, number]> = new Map<string, readonly [number, number]>([
  ...UNARY.map((name): [string, [number, number]] => [name, [1, 1]]),
  ...BINARY.map((name): [string, [number, number]] => [name, [2, 2]]),
  ...["eq", "gt", "lt", "geq", "leq"].map((name): [string, [number, number]] => [name, [2, MANY]]),
  ...["and", "or", "xor"].map((name): [string, [number, number]] => [name, [0, MANY]]),
  ...["max", "min"].map((name): [string, [number, number]] => [name, [1, MANY]]),
]);

/** Nodes of a mathjs tree, the tree itself first. */
export function* nodesOf(root: MathNode): Generator<MathNode> {
  const stack: MathNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    for (const inner of argumentsOf(node)) stack.push(inner);
  }
}

/** Direct operands of a node; a function's name is not one. */
export function argumentsOf(node: MathNode): readonly MathNode[] {
  return node.type === "OperatorNode" || node.type === "FunctionNode" ? (node as FunctionNode).args : [];
}

/** Name a function node calls. */
export function calledName(node: MathNode): string {
  return (node as FunctionNode<SymbolNode>).fn.name;
}
