import type { ConstantNode, FunctionNode, MathNode, SymbolNode } from "mathjs";
import { argumentsOf, BUILTIN, calledName, DELAY, PIECEWISE } from "../math-names.ts";
import type { Report } from "./finding.ts";
import type { Formula } from "./formulas.ts";
import type { ModelView } from "./view.ts";

type Type = "number" | "boolean" | "either";

const LOGIC = new Set(["and", "or", "xor", "not", "implies"].map((name) => BUILTIN + name));
const EQUALITY = new Set(["eq", "neq"].map((name) => BUILTIN + name));
const ORDER = new Set(["gt", "lt", "geq", "leq"].map((name) => BUILTIN + name));
/** Rules of what has to be boolean as a whole; everything else but functions is a number. */
const BOOLEAN_PLACES: ReadonlyMap<string, string> = new Map([
  ["constraint", "21001"],
  ["trigger", "21202"],
]);
const DEPTH = 500;

/** Numbers and booleans, which only Level 3 Version 2 takes for each other. */
export function checkTypes(view: ModelView, report: Report): void {
  if (!report.has("10217")) return;
  const functions = new Map(view.formulas.filter((f) => f.place === "functionDefinition").map((f) => [f.id, f]));
  const checker = new TypeChecker(functions, report);
  for (const formula of view.formulas) checker.check(formula);
}

/** Finds the type of every expression; that of a function's body is found once. */
class TypeChecker {
  private readonly results = new Map<string, Type>();
  private readonly functions: ReadonlyMap<string, Formula>;
  private readonly report: Report;

  constructor(functions: ReadonlyMap<string, Formula>, report: Report) {
    this.functions = functions;
    this.report = report;
  }

  check(formula: Formula): void {
    const { tree, place, owner, label, id, math } = formula;
    if (tree === undefined) return;
    const type = place === "functionDefinition" ? this.resultOf(id, 0) : this.typeOf(tree, formula, 0);
    if (place === "functionDefinition" || type === "either") return;
    const boolean = BOOLEAN_PLACES.get(place);
    const wanted: Type = boolean === undefined ? "number" : "boolean";
    if (type === wanted) return;
    const message = `${label} is ${words(type)} when ${words(wanted)} was expected`;
    this.report.add(boolean ?? "10217", math ?? owner, message, { id });
  }

  private typeOf(node: MathNode, formula: Formula, depth: number): Type {
    if (depth > DEPTH) return "either";
    if (node.type === "ConstantNode")
      return typeof ((node as ConstantNode).value as unknown) === "boolean" ? "boolean" : "number";
    if (node.type === "SymbolNode")
      return formula.place === "functionDefinition" && formula.locals.has((node as SymbolNode).name)
        ? "either"
        : "number";
    const types = argumentsOf(node).map((a) => this.typeOf(a, formula, depth + 1));
    if (node.type === "OperatorNode") return this.all(types, "number", "10210", node, formula);
    const name = calledName(node as FunctionNode);
    if (!name.startsWith(BUILTIN)) return this.resultOf(name, depth);
    if (name === PIECEWISE) return this.piecewise(types, node, formula);
    if (name === DELAY) return types[0] ?? "either";
    if (LOGIC.has(name)) return this.all(types, "boolean", "10209", node, formula);
    if (EQUALITY.has(name)) this.same(types, "10211", node, formula);
    else this.all(types, "number", "10210", node, formula);
    return EQUALITY.has(name) || ORDER.has(name) ? "boolean" : "number";
  }

  private piecewise(types: readonly Type[], node: MathNode, formula: Formula): Type {
    const isCondition = (i: number): boolean => i % 2 === 1;
    this.all(
      types.filter((_, i) => isCondition(i)),
      "boolean",
      "10213",
      node,
      formula,
    );
    return this.same(
      types.filter((_, i) => !isCondition(i)),
      "10212",
      node,
      formula,
    );
  }

  private all(types: readonly Type[], wanted: Type, rule: string, node: MathNode, formula: Formula): Type {
    const wrong = types.find((t) => t !== wanted && t !== "either");
    if (wrong !== undefined) this.tell(rule, node, formula, `has ${words(wrong)} where ${words(wanted)} was expected`);
    return wanted;
  }

  private same(types: readonly Type[], rule: string, node: MathNode, formula: Formula): Type {
    const known = types.filter((t) => t !== "either");
    if (new Set(known).size > 1) this.tell(rule, node, formula, "mixes numbers and booleans");
    return known[0] ?? "either";
  }

  private tell(rule: string, node: MathNode, { math, owner, label, id }: Formula, message: string): void {
    const name = node.type === "OperatorNode" ? (node as MathNode & { op: string }).op : calledName(node).slice(1);
    this.report.add(rule, math ?? owner, `'${name}' in ${label} ${message}`, { id });
  }

  private resultOf(name: string, depth: number): Type {
    const found = this.results.get(name);
    if (found !== undefined) return found;
    this.results.set(name, "either");
    const called = this.functions.get(name);
    const type = called?.tree === undefined ? "either" : this.typeOf(called.tree, called, depth + 1);
    this.results.set(name, type);
    return type;
  }
}

function words(type: Type): string {
  return type === "boolean" ? "a boolean" : "a number";
}
