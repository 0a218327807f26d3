import { didYouMean } from "../../suggest.ts";
import { reference } from "./compartments-species.ts";
import { flag, idOf, itemsOf, word } from "./elements.ts";
import type { Report } from "./finding.ts";
import type { Formula, FormulaPlace } from "./formulas.ts";
import type { Kind, ModelView } from "./view.ts";

/** Rules of one kind of assignment: what it may set, whether that may be constant, or without dimensions. */
interface AssignmentRules {
  readonly target: string;
  readonly constant?: string;
  readonly dimensions?: string;
}

const RULES: ReadonlyMap<FormulaPlace, AssignmentRules> = new Map([
  ["initialAssignment", { target: "20801", dimensions: "20806" }],
  ["assignmentRule", { target: "20901", constant: "20903", dimensions: "20911" }],
  ["rateRule", { target: "20902", constant: "20904", dimensions: "20911" }],
  ["eventAssignment", { target: "21211", constant: "21212" }],
]);

const SETTABLE: readonly Kind[] = ["compartment", "species", "parameter", "speciesReference"];

/** What initial assignments, rules and events set, and that nothing is set twice. */
export function checkAssignments(view: ModelView, report: Report): void {
  const determined = new Map<string, Formula>();
  const initial = new Map<string, Formula>();
  for (const f of view.formulas) {
    const rules = RULES.get(f.place);
    if (rules !== undefined) checkTarget(view, f, rules, report);
    if (f.place === "assignmentRule" || f.place === "rateRule") {
      const before = determined.get(f.id);
      if (before === undefined) determined.set(f.id, f);
      else if (f.id !== "")
        report.add("10304", f.owner, `${f.label} comes after ${before.label} at line ${before.owner.line}`, {
          id: f.id,
        });
    }
    if (f.place !== "initialAssignment") continue;
    if (initial.has(f.id)) report.add("20802", f.owner, `${f.label} is given twice`, { id: f.id });
    initial.set(f.id, f);
  }
  for (const f of view.formulas) {
    const rule = determined.get(f.id);
    if (rule?.place !== "assignmentRule") continue;
    const also = `although ${rule.label} at line ${rule.owner.line} determines it`;
    if (f.place === "initialAssignment") report.add("20803", f.owner, `${f.label} is given ${also}`, { id: f.id });
    if (f.place === "eventAssignment") report.add("10306", f.owner, `${f.label} is given ${also}`, { id: f.id });
  }
}

function checkTarget(view: ModelView, f: Formula, rules: AssignmentRules, report: Report): void {
  if (f.id === "") return;
  const found = view.byId.get(f.id);
  if (found === undefined || !SETTABLE.includes(found.kind)) {
    const what = found === undefined ? "which the model does not have" : `a ${found.kind}`;
    const ids = view.components.filter(({ kind }) => SETTABLE.includes(kind)).map(({ id }) => id);
    report.add(rules.target, f.owner, `${f.label} sets '${f.id}', ${what}`, {
      id: f.id,
      hint: didYouMean(f.id, ids),
    });
    return;
  }
  const fallback = view.context.level === 2 && found.kind !== "species" && found.kind !== "speciesReference";
  const constant = view.context.level > 1 && flag(found.element, "constant", fallback);
  if (constant && rules.constant !== undefined)
    report.add(rules.constant, f.owner, `${f.label} sets '${f.id}', which is constant`, {
      id: f.id,
      hint: `say constant="false" at line ${found.element.line}`,
    });
  const flat = found.kind === "compartment" && word(found.element, "spatialDimensions") === "0";
  if (flat && rules.dimensions !== undefined)
    report.add(rules.dimensions, f.owner, `${f.label} sets '${f.id}', which has no dimensions`, { id: f.id });
}

/** Conversion factors of the model and of species: constant parameters. */
export function checkConversionFactors(view: ModelView, report: Report): void {
  for (const e of [view.model, ...view.all("species")]) {
    const rule = e === view.model ? "20216" : "20617";
    reference(view, e, "conversionFactor", "parameter", rule, report);
    const factor = word(e, "conversionFactor");
    const found = factor === undefined ? undefined : view.byId.get(factor);
    if (found?.kind === "parameter" && !flag(found.element, "constant", true))
      report.add("20705", found.element, `the conversion factor '${factor}' is not constant`, { id: found.id });
  }
}

/** Events: what they hold and what they set. */
export function checkEvents(view: ModelView, report: Report): void {
  const { context } = view;
  for (const e of view.all("event")) {
    const id = idOf(context, e);
    const called = id === "" ? "the event" : `event '${id}'`;
    const has = (name: string): boolean => e.children.some((c) => c.name === name && c.uri === context.core);
    if (!has("trigger")) report.add("21201", e, `${called} has no trigger`, { id, hint: "add <trigger>" });
    const assignments = itemsOf(context, e, "listOfEventAssignments");
    if (assignments.length === 0) report.add("21203", e, `${called} assigns nothing`, { id });
    if (!flag(e, "useValuesFromTriggerTime", true) && !has("delay"))
      report.add("21206", e, `${called} has useValuesFromTriggerTime="false" and no delay`, { id });
    const seen = new Set<string>();
    for (const a of assignments) {
      const variable = word(a, "variable") ?? "";
      if (seen.has(variable)) report.add("10305", a, `${called} assigns to '${variable}' twice`, { id: variable });
      seen.add(variable);
    }
  }
}
