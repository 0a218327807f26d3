import type { ConstantNode, FunctionNode, MathNode, OperatorNode, SymbolNode } from "mathjs";
import { CellweaveError } from "../../errors.ts";
import {
  apply,
  choose,
  type Expression,
  host,
  number,
  type Operator,
  operandsOf,
  slot,
} from "../../numerics/expressions/expression.ts";
import type { FunctionDefinition } from "../../sbml/document.ts";
import {
  AVOGADRO,
  AVOGADRO_VALUE,
  argumentsOf,
  BUILTIN,
  calledName,
  DELAY,
  DISTRIB,
  nodesOf,
  PIECEWISE,
  RATE_OF,
  TIME,
} from "../../sbml/math-names.ts";
import { didYouMean } from "../../suggest.ts";
import { TIME_SLOT } from "../symbols.ts";

/** Names in force inside a function body or a kinetic law; what is not here is looked up in the model. */
export type Scope = ReadonlyMap<string, Expression>;

/** The model as the mathematics sees it. */
export interface LoweringModel {
  readonly file: string | undefined;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  /** Value of an id, or undefined where the model has no such quantity. */
  lookup(id: string): Expression | undefined;
  /** Ids that `lookup` knows, for suggestions. */
  ids(): Iterable<string>;
  /** The rate of change of what a slot holds. */
  rateOf(slot: number, line: number): Expression;
  /** The value an expression had some time ago. */
  delayed(value: Expression, delay: Expression, line: number): Expression;
  /** A slot of its own for a value used more than once. */
  temporary(): number;
}

const NO_NAMES: Scope = new Map();
/** Nodes of all expressions of a model, functions written out. */
const MOST_NODES = 500_000;
/** Nesting of one expression, functions written out: what the stack of a browser's worker bears. */
const MOST_DEPTH = 600;
/** Operands of one operator. */
const MOST_OPERANDS = 20_000;

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["add", "add"],
  ["subtract", "subtract"],
  ["multiply", "multiply"],
  ["divide", "divide"],
  ["pow", "power"],
  ["unaryMinus", "negate"],
]);

const NATIVE: ReadonlyMap<string, Operator> = new Map<string, Operator>(
  (
    ["lt", "leq", "gt", "geq", "eq", "neq", "and", "or", "xor", "not", "abs", "floor", "ceiling", "min", "max"] as const
  ).map((name) => [name, name]),
);

/** Turns mathjs trees into expressions over slots: names resolved, functions inlined. */
export class Lowering {
  private readonly model: LoweringModel;
  private readonly calls: string[] = [];
  private nodes = 0;
  private depth = 0;

  constructor(model: LoweringModel) {
    this.model = model;
  }

  /**
   * The expression of a tree. Throws `sbml/unknown-id`, `sbml/recursive-function`, `sbml/arguments` or
   * `sbml/unsupported` at the line given.
   */
  lower(node: MathNode, line: number, scope: Scope = NO_NAMES): Expression {
    if (++this.nodes > MOST_NODES)
      this.tooMuch("sbml/too-large", `the mathematics has more than ${MOST_NODES} nodes`, line);
    if (++this.depth > MOST_DEPTH)
      this.tooMuch("sbml/too-deep", `an expression is nested more than ${MOST_DEPTH} deep`, line);
    if (argumentsOf(node).length > MOST_OPERANDS)
      this.tooMuch("sbml/too-large", `an operator has more than ${MOST_OPERANDS} operands`, line);
    const lowered = this.lowerNode(node, line, scope);
    this.depth--;
    return lowered;
  }

  private tooMuch(code: string, what: string, line: number): never {
    throw new CellweaveError(code, `With functions written out ${what}`, { place: this.place(line) });
  }

  private lowerNode(node: MathNode, line: number, scope: Scope): Expression {
    switch (node.type) {
      case "ConstantNode":
        return number(Number((node as ConstantNode<number>).value));
      case "SymbolNode":
        return this.symbol((node as SymbolNode).name, line, scope);
      case "OperatorNode": {
        const { fn, args } = node as OperatorNode;
        const operator = OPERATORS.get(fn);
        if (operator === undefined) return this.refuse(line, `The operator '${fn}'`);
        return apply(operator, ...args.map((a) => this.lower(a, line, scope)));
      }
      case "FunctionNode":
        return this.called(node as FunctionNode, line, scope);
      default:
        return this.refuse(line, `An expression of type ${node.type}`);
    }
  }

  private symbol(name: string, line: number, scope: Scope): Expression {
    if (name === TIME) return slot(TIME_SLOT);
    if (name === AVOGADRO) return number(AVOGADRO_VALUE);
    return scope.get(name) ?? this.model.lookup(name) ?? this.unknown(name, line);
  }

  private called(node: FunctionNode, line: number, scope: Scope): Expression {
    const name = calledName(node);
    if (!name.startsWith(BUILTIN)) return this.inline(name, node.args, line, scope);
    const args = node.args.map((a) => this.lower(a, line, scope));
    if (name === PIECEWISE) return piecewise(args);
    if (name.startsWith(DISTRIB)) return host(drawName(name.slice(DISTRIB.length), args.length), ...args);
    const [first, second] = args;
    if (name === RATE_OF) return this.rateOf(first, line);
    if (name === DELAY && first !== undefined && second !== undefined) return this.model.delayed(first, second, line);
    return builtin(name.slice(BUILTIN.length), args);
  }

  private rateOf(argument: Expression | undefined, line: number): Expression {
    if (argument?.kind !== "slot") return this.refuse(line, "rateOf of anything but an id");
    return this.model.rateOf(argument.slot, line);
  }

  /** The body of a function definition with its arguments in place. */
  private inline(name: string, given: readonly MathNode[], line: number, scope: Scope): Expression {
    const definition = this.model.functions.get(name);
    if (definition === undefined) return this.unknown(name, line, this.model.functions.keys());
    if (definition.isRateOf) return this.rateOf(given[0] && this.lower(given[0], line, scope), line);
    if (this.calls.includes(name)) {
      const loop = [...this.calls.slice(this.calls.indexOf(name)), name].join(" -> ");
      throw new CellweaveError(
        "sbml/recursive-function",
        `Function definitions call each other: ${loop} (SBML rule 20303)`,
        {
          place: this.place(definition.line),
        },
      );
    }
    const { arguments: names, body } = definition;
    if (names.length !== given.length)
      throw new CellweaveError(
        "sbml/arguments",
        `'${name}' got ${given.length} arguments when ${names.length} were expected (SBML rule 10219)`,
        {
          place: this.place(line),
        },
      );
    const uses = countUses(body);
    const inner = new Map<string, Expression>();
    const bound: { slot: number; value: Expression }[] = [];
    names.forEach((argument, i) => {
      const node = given[i];
      if (node === undefined) return;
      const value = this.lower(node, line, scope);
      const simple = value.kind === "number" || value.kind === "slot" || (uses.get(argument) ?? 0) < 2;
      const target = simple ? -1 : this.model.temporary();
      if (!simple) bound.push({ slot: target, value });
      inner.set(argument, simple ? value : slot(target));
    });
    this.calls.push(name);
    const lowered = this.lower(body, line, inner);
    this.calls.pop();
    return bound.reduceRight<Expression>((rest, b) => ({ kind: "bind", ...b, body: rest }), lowered);
  }

  private unknown(name: string, line: number, known: Iterable<string> = this.model.ids()): never {
    const hint = didYouMean(name, known);
    throw new CellweaveError("sbml/unknown-id", `Nothing in the model has the id '${name}' (SBML rule 10215)`, {
      place: this.place(line),
      ...(hint === undefined ? {} : { hint }),
    });
  }

  private refuse(line: number, construct: string): never {
    throw new CellweaveError("sbml/unsupported", `${construct} is not supported`, { place: this.place(line) });
  }

  private place(line: number): { file?: string; line: number } {
    return this.model.file === undefined ? { line } : { file: this.model.file, line };
  }
}

function countUses(body: MathNode): Map<string, number> {
  const uses = new Map<string, number>();
  for (const node of nodesOf(body)) {
    if (node.type !== "SymbolNode") continue;
    const { name } = node as SymbolNode;
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}

/** value, condition, value, condition, ..., otherwise; not a number where nothing holds. */
function piecewise(args: readonly Expression[]): Expression {
  let result = args.length % 2 === 1 ? (args[args.length - 1] ?? number(Number.NaN)) : number(Number.NaN);
  for (let i = args.length - (args.length % 2) - 2; i >= 0; i -= 2) {
    const [value, condition] = [args[i], args[i + 1]];
    if (value !== undefined && condition !== undefined) result = choose(condition, value, result);
  }
  return result;
}

function builtin(name: string, args: readonly Expression[]): Expression {
  const native = NATIVE.get(name);
  if (native !== undefined) return apply(native, ...args);
  const [first, second] = args;
  if (first !== undefined && second !== undefined && first.kind === "number") {
    if (name === "root" && first.value === 2) return apply("sqrt", second);
    if (name === "log" && first.value === 10) return host("log10", second);
  }
  if (name === "implies" && first !== undefined && second !== undefined)
    return apply("or", apply("not", first), second);
  return host(name, ...args);
}

/** Name of the host function that draws from a distribution with so many arguments. */
export function drawName(distribution: string, args: number): string {
  return `${distribution}/${args}`;
}

/** Whether an expression changes although nothing it reads does. */
export function readsHistory(e: Expression): boolean {
  return callsHost(e, (name) => name === "delay" || name.includes("/"));
}

/** Whether an expression draws at random. */
export function drawsAtRandom(e: Expression): boolean {
  return callsHost(e, (name) => name.includes("/"));
}

function callsHost(root: Expression, wanted: (name: string) => boolean): boolean {
  const stack: Expression[] = [root];
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    if (e.kind === "host" && wanted(e.name)) return true;
    stack.push(...operandsOf(e));
  }
  return false;
}
