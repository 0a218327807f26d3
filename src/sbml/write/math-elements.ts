import type { ConstantNode, MathNode, OperatorNode, SymbolNode } from "mathjs";
import type { Part } from "../comp/instance.ts";
import {
  AVOGADRO,
  argumentsOf,
  BUILTIN,
  calledName,
  DELAY,
  DISTRIB,
  OPERATORS,
  PIECEWISE,
  RATE_OF,
  TIME,
} from "../math-names.ts";
import { mathMade } from "./build.ts";

const SYMBOLS = "http://www.sbml.org/sbml/symbols/";
const CSYMBOLS: ReadonlyMap<string, string> = new Map(
  [TIME, AVOGADRO, DELAY, RATE_OF].map((name) => [name, name.slice(1)]),
);
const ELEMENTS: ReadonlyMap<string, string> = new Map([...OPERATORS].map(([element, [symbol]]) => [symbol, element]));
/** Calls whose first argument is a qualifier, with the qualifier's element and default. */
const QUALIFIED: ReadonlyMap<string, readonly [string, number]> = new Map([
  ["root", ["degree", 2]],
  ["log", ["logbase", 10]],
]);

/** A mathjs tree of the reader as a `<math>` element: what `readMath` reads back to the same tree. */
export function mathElement(node: MathNode): Part {
  return mathMade("math", [contentOf(node)]);
}

function contentOf(node: MathNode): Part {
  switch (node.type) {
    case "ConstantNode":
      return constant((node as ConstantNode).value as number | boolean);
    case "SymbolNode":
      return symbol((node as SymbolNode).name);
    case "OperatorNode":
      return operator(node as OperatorNode);
    default:
      return called(calledName(node), argumentsOf(node));
  }
}

/** A chain of additions and subtractions is one sum, so that long ones do not nest. */
function operator(node: OperatorNode): Part {
  const terms = node.op === "+" ? sumTerms(node) : [];
  if (terms.length > 2) return mathMade("apply", [mathMade("plus"), ...terms]);
  return apply(mathMade(ELEMENTS.get(node.op) ?? "plus"), argumentsOf(node));
}

function sumTerms(root: MathNode): Part[] {
  const reversed: Part[] = [];
  let node = root;
  for (;;) {
    const { op } = node as OperatorNode;
    const [left, ...right] = argumentsOf(node);
    const chained = node.type === "OperatorNode" && (op === "+" || (op === "-" && right.length === 1));
    if (!chained || left === undefined) break;
    for (const term of right.reverse())
      reversed.push(op === "+" ? contentOf(term) : mathMade("apply", [mathMade("minus"), contentOf(term)]));
    node = left;
  }
  return [...reversed, contentOf(node)].reverse();
}

function apply(head: Part, args: readonly MathNode[]): Part {
  return mathMade("apply", [head, ...args.map(contentOf)]);
}

function symbol(name: string): Part {
  const csymbol = CSYMBOLS.get(name);
  const drawn = name.startsWith(DISTRIB) ? `distrib/${name.slice(DISTRIB.length)}` : undefined;
  const what = csymbol ?? drawn;
  if (what === undefined) return mathMade("ci", [], ` ${name} `);
  const element = mathMade("csymbol", [], ` ${what.slice(what.lastIndexOf("/") + 1)} `);
  element.attributes = [
    { name: "encoding", uri: "", value: "text" },
    { name: "definitionURL", uri: "", value: SYMBOLS + what },
  ];
  return element;
}

function called(name: string, args: readonly MathNode[]): Part {
  if (name === PIECEWISE) return piecewise(args);
  if (!name.startsWith(BUILTIN) || CSYMBOLS.has(name) || name.startsWith(DISTRIB)) return apply(symbol(name), args);
  const element = name.slice(BUILTIN.length);
  const [qualifier, fallback] = QUALIFIED.get(element) ?? [];
  const [first, ...rest] = args;
  if (qualifier === undefined || first === undefined) return apply(mathMade(element), args);
  const isDefault = first.type === "ConstantNode" && (first as ConstantNode).value === fallback;
  const given = isDefault ? [] : [mathMade(qualifier, [contentOf(first)])];
  return mathMade("apply", [mathMade(element), ...given, ...rest.map(contentOf)]);
}

/** value, condition, value, condition, ..., otherwise */
function piecewise(args: readonly MathNode[]): Part {
  const parts = args.map(contentOf);
  const pieces: Part[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) pieces.push(mathMade("piece", parts.slice(i, i + 2)));
  const rest = parts.length % 2 === 1 ? [mathMade("otherwise", parts.slice(-1))] : [];
  return mathMade("piecewise", [...pieces, ...rest]);
}

/** The shortest digits that read back to the same number. */
function constant(value: number | boolean): Part {
  if (typeof value === "boolean") return mathMade(String(value));
  if (Number.isNaN(value)) return mathMade("notanumber");
  if (value === Number.POSITIVE_INFINITY) return mathMade("infinity");
  if (value === Number.NEGATIVE_INFINITY) return mathMade("apply", [mathMade("minus"), mathMade("infinity")]);
  const [mantissa = "", exponent] = (Object.is(value, -0) ? "-0" : String(value)).split("e");
  if (exponent === undefined) return mathMade("cn", [], ` ${mantissa} `);
  const sep: Part = { ...mathMade("sep"), offset: mantissa.length + 2 };
  const number = mathMade("cn", [sep], ` ${mantissa}  ${exponent.replace("+", "")} `);
  number.attributes = [{ name: "type", uri: "", value: "e-notation" }];
  return number;
}
