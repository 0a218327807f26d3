import { MATHML } from "../namespaces.ts";
import type { XmlElement } from "../xml.ts";
import { coreChildren, idOf, itemsOf, word } from "./elements.ts";
import type { Report } from "./finding.ts";
import type { ModelView } from "./view.ts";

/** Order of the lists of a model up to Level 3 Version 1. */
const ORDER = (
  "listOfFunctionDefinitions listOfUnitDefinitions listOfCompartmentTypes listOfSpeciesTypes listOfCompartments " +
  "listOfSpecies listOfParameters listOfInitialAssignments listOfRules listOfConstraints listOfReactions listOfEvents"
).split(" ");

/** Elements that hold one of each of their children, with the rule. */
const SINGLE: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ["model", new Map(ORDER.map((list) => [list, "20205"]))],
  ["unitDefinition", new Map([["listOfUnits", "20414"]])],
  [
    "reaction",
    new Map(["listOfReactants", "listOfProducts", "listOfModifiers", "kineticLaw"].map((name) => [name, "21106"])),
  ],
  [
    "kineticLaw",
    new Map([
      ["listOfLocalParameters", "21127"],
      ["listOfParameters", "21127"],
    ]),
  ],
  ["constraint", new Map([["message", "21008"]])],
  [
    "event",
    new Map([
      ["trigger", "21201"],
      ["delay", "21221"],
      ["priority", "21230"],
      ["listOfEventAssignments", "21222"],
    ]),
  ],
]);

/** Elements that hold one `<math>`, with the rule. */
const ONE_MATH: ReadonlyMap<string, string> = new Map([
  ["functionDefinition", "20306"],
  ["initialAssignment", "20804"],
  ["assignmentRule", "20907"],
  ["rateRule", "20907"],
  ["algebraicRule", "20907"],
  ["constraint", "21007"],
  ["kineticLaw", "21130"],
  ["trigger", "21209"],
  ["delay", "21210"],
  ["eventAssignment", "21213"],
  ["priority", "21231"],
]);

const EMPTY_LISTS: ReadonlyMap<string, string> = new Map([
  ["model", "20203"],
  ["reaction", "21103"],
  ["kineticLaw", "21123"],
]);

/** What lists and elements a model holds, how often, and in which order. */
export function checkStructure(view: ModelView, report: Report): void {
  const { context, model } = view;
  const walk = (element: XmlElement): void => {
    checkChildren(view, element, report);
    for (const c of element.children)
      if (c.uri === context.core && c.name !== "notes" && c.name !== "annotation") walk(c);
  };
  walk(model);
  checkOrder(view, report);
  const [species] = view.all("species");
  if (species !== undefined && view.all("compartment").length === 0)
    report.add("20204", species, "the model has species and no compartment", { hint: "add a <compartment>" });
}

function checkChildren({ context }: ModelView, element: XmlElement, report: Report): void {
  const kind = element.name === "modelDefinition" ? "model" : element.name;
  const counts = new Map<string, number>();
  for (const c of element.children) {
    if (c.uri !== context.core) continue;
    const count = (counts.get(c.name) ?? 0) + 1;
    counts.set(c.name, count);
    const rule = SINGLE.get(kind)?.get(c.name);
    if (rule !== undefined && count === 2) report.add(rule, c, `<${element.name}> has several <${c.name}>`);
    const empty = EMPTY_LISTS.get(kind);
    if (empty !== undefined && c.name.startsWith("listOf") && itemsOf(context, element, c.name).length === 0)
      report.add(empty, c, `<${c.name}> in <${element.name}> is empty`, { hint: `remove <${c.name}>` });
  }
  const maths = element.children.filter((c) => c.name === "math" && c.uri === MATHML).length;
  const rule = ONE_MATH.get(kind);
  if (rule === undefined || context.level === 1 || maths === 1) return;
  const id = word(element, "variable") ?? word(element, "symbol") ?? idOf(context, element);
  report.add(rule, element, `<${element.name}> has ${maths === 0 ? "no" : maths} <math>`, { id });
}

function checkOrder({ context, model }: ModelView, report: Report): void {
  let last: XmlElement | undefined;
  for (const name of ORDER)
    for (const list of coreChildren(context, model, name)) {
      const early = last;
      if (early !== undefined && model.children.indexOf(list) < model.children.indexOf(early))
        report.add("20202", list, `<${list.name}> stands before <${early.name}>`, {
          hint: `move it behind <${early.name}>`,
        });
      last = list;
    }
}
