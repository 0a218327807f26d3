import { attribute } from "../attributes.ts";
import { DRAWS, FUNCTIONS, OPERATORS } from "../math-names.ts";
import { MATHML } from "../namespaces.ts";
import { isUnitKind } from "../units/kinds.ts";
import type { XmlElement } from "../xml.ts";
import type { Report } from "./finding.ts";
import type { Formula } from "./formulas.ts";
import type { ModelView } from "./view.ts";

const SYMBOLS = "http://www.sbml.org/sbml/symbols/";
/** What csymbols stand for, with the first level and version that has each. */
const CSYMBOLS: ReadonlyMap<string, number> = new Map([
  ["time", 21],
  ["delay", 21],
  ["avogadro", 31],
  ["rateOf", 32],
]);

const TOKENS =
  "cn ci csymbol sep apply piecewise piece otherwise lambda bvar degree logbase semantics annotation annotation-xml true false notanumber infinity pi exponentiale root log".split(
    " ",
  );
/** Functions that Level 3 Version 2 brought. */
const LATE = new Set(["max", "min", "quotient", "rem", "implies"]);

/** The spelling of one piece of mathematics: elements, attributes and operands, before what names stand for. */
export function checkMathml(view: ModelView, { math, place, label, id }: Formula, report: Report): void {
  if (math === undefined) return;
  const { context } = view;
  const at = 10 * context.level + context.version;
  const add = (rule: string, e: XmlElement, message: string, hint?: string): void =>
    report.add(rule, e, `${message} in ${label}`, { id, hint });

  const walk = (e: XmlElement, parent: XmlElement): void => {
    if (e.uri !== MATHML) {
      add("10201", e, `<${e.name}> is not of the MathML namespace`);
      return;
    }
    const { name } = e;
    const isFunction = OPERATORS.has(name) || FUNCTIONS.has(name);
    if ((!isFunction && !TOKENS.includes(name)) || (LATE.has(name) && at < 32)) {
      add("10202", e, `<${name}> is not of SBML Level ${context.level} Version ${context.version}`);
      return;
    }
    if (name === "lambda" && (place !== "functionDefinition" || !(parent === math || parent.name === "semantics")))
      add("10208", e, "<lambda> stands");
    checkAttributes(e);
    if (name === "annotation" || name === "annotation-xml") return;
    if (name === "apply") checkOperands(e, add);
    for (const c of e.children) walk(c, e);
  };

  const checkAttributes = (e: XmlElement): void => {
    const { name } = e;
    const url = attribute(e, "definitionURL")?.trim();
    if (attribute(e, "encoding") !== undefined && !/^(csymbol|annotation|annotation-xml|semantics)$/.test(name))
      add("10203", e, `<${name}> has an attribute encoding`);
    if (url !== undefined && !/^(csymbol|semantics|ci|bvar)$/.test(name))
      add("10204", e, `<${name}> has an attribute definitionURL`);
    if (name === "csymbol" && !isCsymbol(url ?? "", at))
      add("10205", e, `got definitionURL="${url ?? ""}" on <csymbol>`, `one of ${csymbolsOf(at)}`);
    const type = attribute(e, "type");
    if (type !== undefined && name !== "cn") add("10206", e, `<${name}> has an attribute type`);
    else if (type !== undefined && !/^(e-notation|real|integer|rational)$/.test(type.trim()))
      add("10207", e, `got type="${type}" on <cn>`);
    const units = attribute(e, "units", context.core)?.trim();
    if (units === undefined) return;
    if (name !== "cn") add("10220", e, `<${name}> has an attribute units`);
    else if (!view.unitDefinitions.has(units) && !isUnitKind(context, units))
      add("10221", e, `got units="${units}" on <cn>`);
  };

  for (const c of math.children) walk(c, math);
}

function isCsymbol(url: string, at: number): boolean {
  if (!url.startsWith(SYMBOLS)) return false;
  const name = url.slice(SYMBOLS.length);
  if (name.startsWith("distrib/")) return DRAWS.has(name.slice(8));
  return (CSYMBOLS.get(name) ?? 99) <= at;
}

function csymbolsOf(at: number): string {
  return [...CSYMBOLS.entries()].flatMap(([name, from]) => (from <= at ? [SYMBOLS + name] : [])).join(", ");
}

/** How many operands an operator has, beside the degree of a root and the base of a logarithm. */
function checkOperands(apply: XmlElement, add: (rule: string, e: XmlElement, message: string) => void): void {
  const [head, ...rest] = apply.children;
  if (head === undefined) {
    add("10218", apply, "<apply> is empty");
    return;
  }
  if (head.name === "ci") return;
  const operands = rest.filter((c) => c.name !== "degree" && c.name !== "logbase").length;
  const [least, most] = arityOf(head);
  if (operands >= least && operands <= most) return;
  const expected =
    least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  add("10218", head, `<${head.name}> has ${operands} operands when ${expected} were expected`);
}

function arityOf({ name, attributes }: XmlElement): readonly [number, number] {
  if (name === "root" || name === "log") return [1, 1];
  if (name === "csymbol") {
    const url = attributes.find((a) => a.name === "definitionURL")?.value.trim() ?? "";
    if (url.endsWith("/delay")) return [2, 2];
    if (url.endsWith("/rateOf")) return [1, 1];
    return [0, Number.POSITIVE_INFINITY];
  }
  const operator = OPERATORS.get(name);
  if (operator !== undefined) return [operator[2], operator[3]];
  return FUNCTIONS.get(name) ?? [0, Number.POSITIVE_INFINITY];
}
