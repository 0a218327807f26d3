import type { MathNode } from "mathjs";
import { CellweaveError } from "../../errors.ts";
import type { ReadContext } from "../context.ts";
import { readLambda, readMath } from "../mathml.ts";
import { MATHML } from "../namespaces.ts";
import { readMathOrFormula } from "../read-rules.ts";
import type { XmlElement } from "../xml.ts";
import { attempt } from "./attempt.ts";
import { coreChildren, idOf, itemsOf, word } from "./elements.ts";

/** Where mathematics stands. */
export type FormulaPlace =
  | "functionDefinition"
  | "initialAssignment"
  | "assignmentRule"
  | "rateRule"
  | "algebraicRule"
  | "constraint"
  | "kineticLaw"
  | "stoichiometryMath"
  | "trigger"
  | "delay"
  | "priority"
  | "eventAssignment";

/** One piece of mathematics with what surrounds it. */
export interface Formula {
  readonly place: FormulaPlace;
  /** The element that holds it: a rule, a kinetic law, a trigger. */
  readonly owner: XmlElement;
  /** What a message calls it: `the kinetic law of 'R1'`. */
  readonly label: string;
  /** Id of the function, the variable that is set, or of the reaction or event that it belongs to. */
  readonly id: string;
  /** The `<math>` element; undefined in Level 1 and where there is none. */
  readonly math: XmlElement | undefined;
  /** The expression; undefined where there is none or it can't be read. */
  readonly tree: MathNode | undefined;
  /** Why it can't be read. */
  readonly error: CellweaveError | undefined;
  /** Names that are not the model's: arguments of a function, local parameters of a kinetic law. */
  readonly locals: ReadonlyMap<string, XmlElement | undefined>;
  /** The reaction of a kinetic law or stoichiometry. */
  readonly reaction?: XmlElement;
}

/** Level 1's rules: what they set by their attribute, and whether they give its rate. */
const LEVEL1_RULES = ["species", "specie", "compartment", "name"] as const;

/** All mathematics of a model in document order of the lists; what can't be read is kept with the reason. */
export function collectFormulas(context: ReadContext, model: XmlElement): Formula[] {
  return [
    ...itemsOf(context, model, "listOfFunctionDefinitions").map((e) => functionFormula(context, e)),
    ...itemsOf(context, model, "listOfInitialAssignments").map((e) => {
      const id = word(e, "symbol") ?? "";
      return formula(context, e, { place: "initialAssignment", label: `the initial assignment of '${id}'`, id });
    }),
    ...itemsOf(context, model, "listOfRules").flatMap((e) => ruleFormula(context, e)),
    ...itemsOf(context, model, "listOfConstraints").map((e) =>
      formula(context, e, { place: "constraint", label: "the constraint", id: idOf(context, e) }),
    ),
    ...itemsOf(context, model, "listOfReactions").flatMap((e) => reactionFormulas(context, e)),
    ...itemsOf(context, model, "listOfEvents").flatMap((e) => eventFormulas(context, e)),
  ];
}

type Head = Pick<Formula, "place" | "label" | "id"> & Partial<Pick<Formula, "locals" | "reaction">>;

const NO_LOCALS: Formula["locals"] = new Map();

function formula(context: ReadContext, owner: XmlElement, head: Head): Formula {
  const math = mathOf(owner);
  const { tree, error } = reading(() => readMathOrFormula(context, owner));
  return { locals: NO_LOCALS, ...head, owner, math, tree, error };
}

function mathOf(owner: XmlElement): XmlElement | undefined {
  return owner.children.find((c) => c.name === "math" && c.uri === MATHML);
}

type Reading<T> = { readonly tree: T | undefined; readonly error: CellweaveError | undefined };

function reading<T>(read: () => T | undefined): Reading<T> {
  const found = attempt(read);
  return found instanceof CellweaveError ? { tree: undefined, error: found } : { tree: found, error: undefined };
}

function functionFormula(context: ReadContext, owner: XmlElement): Formula {
  const id = idOf(context, owner);
  const math = mathOf(owner);
  let lambda = math?.children[0];
  if (lambda?.name === "semantics") lambda = lambda.children[0];
  const found = lambda;
  const { tree, error } = reading(() => {
    if (math === undefined || found === undefined) return undefined;
    return found.name === "lambda" ? readLambda(context, found) : { parameters: [], body: readMath(context, math) };
  });
  const locals = new Map((tree?.parameters ?? []).map((name) => [name, undefined]));
  const label = `the function '${id}'`;
  return { place: "functionDefinition", owner, label, id, math, tree: tree?.body, error, locals };
}

function ruleFormula(context: ReadContext, e: XmlElement): Formula[] {
  if (e.name === "algebraicRule")
    return [formula(context, e, { place: "algebraicRule", label: "the algebraic rule", id: "" })];
  if (e.name === "assignmentRule" || e.name === "rateRule") {
    const id = word(e, "variable") ?? "";
    const label = `the ${e.name === "rateRule" ? "rate" : "assignment"} rule of '${id}'`;
    return [formula(context, e, { place: e.name, label, id })];
  }
  if (context.level > 1) return [];
  const id = LEVEL1_RULES.map((name) => word(e, name)).find((value) => value !== undefined) ?? "";
  const rate = word(e, "type") === "rate";
  const label = `the ${rate ? "rate " : ""}rule of '${id}'`;
  return [formula(context, e, { place: rate ? "rateRule" : "assignmentRule", label, id })];
}

function reactionFormulas(context: ReadContext, reaction: XmlElement): Formula[] {
  const id = idOf(context, reaction);
  const out: Formula[] = [];
  for (const list of ["listOfReactants", "listOfProducts"])
    for (const reference of itemsOf(context, reaction, list))
      for (const owner of coreChildren(context, reference, "stoichiometryMath")) {
        const label = `the stoichiometry of '${word(reference, "species") ?? ""}' in '${id}'`;
        out.push(formula(context, owner, { place: "stoichiometryMath", label, id, reaction }));
      }
  for (const law of coreChildren(context, reaction, "kineticLaw")) {
    const list = context.level === 3 ? "listOfLocalParameters" : "listOfParameters";
    const locals = new Map(itemsOf(context, law, list).map((p) => [idOf(context, p), p]));
    out.push(formula(context, law, { place: "kineticLaw", label: `the kinetic law of '${id}'`, id, locals, reaction }));
  }
  return out;
}

function eventFormulas(context: ReadContext, event: XmlElement): Formula[] {
  const id = idOf(context, event);
  const called = id === "" ? "an event" : `event '${id}'`;
  const parts = (["trigger", "priority", "delay"] as const).flatMap((place) =>
    coreChildren(context, event, place).map((owner) =>
      formula(context, owner, { place, label: `the ${place} of ${called}`, id }),
    ),
  );
  const assignments = itemsOf(context, event, "listOfEventAssignments").map((owner) => {
    const variable = word(owner, "variable") ?? "";
    const label = `the assignment of '${variable}' by ${called}`;
    return formula(context, owner, { place: "eventAssignment", label, id: variable });
  });
  return [...parts, ...assignments];
}
