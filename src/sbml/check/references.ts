import type { MathNode, SymbolNode } from "mathjs";
import { didYouMean } from "../../suggest.ts";
import { argumentsOf, BUILTIN, calledName, nodesOf, RATE_OF } from "../math-names.ts";
import { flag, participantsOf, word } from "./elements.ts";
import type { Report } from "./finding.ts";
import type { Formula } from "./formulas.ts";
import type { Kind, ModelView } from "./view.ts";

/** What mathematics may name beside its own names. */
const NAMED: ReadonlySet<Kind> = new Set<Kind>(["compartment", "species", "parameter", "reaction", "speciesReference"]);

/** What is known of a model's local parameters and assignment rules, for the messages. */
interface Surroundings {
  readonly functions: ReadonlyMap<string, Formula>;
  /** Reactions by the local parameters that they have. */
  readonly locals: ReadonlyMap<string, string>;
  readonly assigned: ReadonlySet<string>;
}

/** What names in mathematics stand for, and how functions are called. */
export function checkReferences(view: ModelView, report: Report): void {
  const { formulas } = view;
  const functions = new Map(formulas.filter((f) => f.place === "functionDefinition").map((f) => [f.id, f]));
  const locals = new Map<string, string>();
  for (const f of formulas)
    if (f.place === "kineticLaw") for (const id of f.locals.keys()) if (!locals.has(id)) locals.set(id, f.id);
  const assigned = new Set(formulas.filter((f) => f.place === "assignmentRule").map((f) => f.id));
  for (const formula of formulas)
    if (formula.tree !== undefined) checkFormula(view, formula, { functions, locals, assigned }, report);
}

function checkFormula(view: ModelView, formula: Formula, around: Surroundings, report: Report): void {
  const told = new Set<string>();
  const line = formula.math ?? formula.owner;
  const once = (rule: string, name: string, message: string, hint?: string): void => {
    const key = `${rule} ${name}`;
    if (told.has(key)) return;
    told.add(key);
    report.add(rule, line, `${formula.label} ${message}`, { id: formula.id, hint });
  };
  const participants = formula.reaction === undefined ? undefined : participantsOf(view.context, formula.reaction);
  for (const node of nodesOf(formula.tree as MathNode)) {
    if (node.type === "FunctionNode") checkCall(view, node, around, once);
    if (node.type !== "SymbolNode") continue;
    const { name } = node as SymbolNode;
    if (name.startsWith(BUILTIN) || formula.locals.has(name)) continue;
    checkName(view, formula, name, around, once);
    if (participants !== undefined && view.byId.get(name)?.kind === "species" && !participants.has(name))
      once(
        formula.place === "kineticLaw" ? "21121" : "21131",
        name,
        `names the species '${name}', which is no reactant, product or modifier of the reaction`,
        `add <modifierSpeciesReference species="${name}"/>`,
      );
  }
}

type Tell = (rule: string, name: string, message: string, hint?: string) => void;

function checkName(view: ModelView, formula: Formula, name: string, { locals }: Surroundings, tell: Tell): void {
  const found = view.byId.get(name);
  if (formula.place === "functionDefinition") {
    tell("20304", name, `names '${name}', which is none of its arguments`, "pass it as an argument");
    return;
  }
  if (found !== undefined && NAMED.has(found.kind)) return;
  const owner = locals.get(name);
  if (found === undefined && owner !== undefined) {
    tell(
      "10216",
      name,
      `names '${name}', a local parameter of the reaction '${owner}'`,
      "make it a parameter of the model",
    );
    return;
  }
  const known = [...view.byId.values()].filter(({ kind }) => NAMED.has(kind)).map(({ id }) => id);
  const what = found === undefined ? "which the model does not have" : "which has no value";
  tell("10215", name, `names '${name}', ${what}`, didYouMean(name, [...known, ...formula.locals.keys()]));
}

function checkCall(view: ModelView, node: MathNode, around: Surroundings, tell: Tell): void {
  const name = calledName(node);
  const args = argumentsOf(node);
  if (name === RATE_OF) {
    checkRateOf(view, args[0], around, tell);
    return;
  }
  if (name.startsWith(BUILTIN)) return;
  const called = around.functions.get(name);
  if (called === undefined) {
    tell(
      "10214",
      name,
      `calls '${name}', which is no function of the model`,
      didYouMean(name, around.functions.keys()),
    );
    return;
  }
  if (called.tree !== undefined && called.locals.size !== args.length)
    tell("10219", name, `calls '${name}' with ${args.length} arguments when ${called.locals.size} were expected`);
}

/** rateOf takes one name of what no assignment rule determines. */
function checkRateOf(view: ModelView, target: MathNode | undefined, { assigned }: Surroundings, tell: Tell): void {
  if (target === undefined) return;
  if (target.type !== "SymbolNode") {
    tell("10223", "", "takes rateOf of an expression");
    return;
  }
  const { name } = target as SymbolNode;
  if (assigned.has(name)) {
    tell("10224", name, `takes rateOf of '${name}', which an assignment rule determines`);
    return;
  }
  const found = view.byId.get(name);
  if (found?.kind !== "species" || flag(found.element, "hasOnlySubstanceUnits", false)) return;
  const compartment = word(found.element, "compartment") ?? "";
  if (assigned.has(compartment))
    tell("10225", name, `takes rateOf of '${name}', whose compartment '${compartment}' an assignment rule determines`);
}
