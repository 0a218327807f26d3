import type { XmlElement } from "../xml.ts";
import { coreChildren, idOf, itemsOf, word } from "./elements.ts";
import type { Report } from "./finding.ts";
import { type ModelView, wordsOf } from "./view.ts";

const SID = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** XML's type ID, as far as names in use go. */
const METAID = /^[\p{L}_:][\p{L}\p{N}\p{M}._:-]*$/u;

/** Ids: unique where they must be, and spelt as SBML says. */
export function checkIds(view: ModelView, report: Report): void {
  const { context, components } = view;
  unique(
    components.map(({ id, element, kind }) => ({ id, element, words: wordsOf(kind) })),
    "10301",
    report,
  );
  const units = itemsOf(context, view.model, "listOfUnitDefinitions");
  unique(
    units.map((element) => ({ id: idOf(context, element), element, words: "unit definition" })),
    "10302",
    report,
  );
  for (const { id, element } of components) checkSpelling("10310", id, element, report);
  for (const element of units) checkSpelling("10311", idOf(context, element), element, report);
  for (const { locals, place, label } of view.formulas) {
    if (place !== "kineticLaw") continue;
    for (const [id, element] of locals) if (element !== undefined) checkSpelling("10310", id, element, report, label);
  }
  for (const reaction of view.all("reaction"))
    for (const law of coreChildren(context, reaction, "kineticLaw")) checkLocalParameters(view, law, report);
}

function checkLocalParameters({ context }: ModelView, law: XmlElement, report: Report): void {
  const list = context.level === 3 ? "listOfLocalParameters" : "listOfParameters";
  const items = itemsOf(context, law, list).map((element) => ({
    id: idOf(context, element),
    element,
    words: "local parameter",
  }));
  unique(items, "10303", report);
  for (const { id, element } of items)
    if (word(element, "constant") === "false")
      report.add("21124", element, `the local parameter '${id}' says constant="false"`, { id });
}

function checkSpelling(rule: string, id: string, element: XmlElement, report: Report, where = ""): void {
  if (id === "" || SID.test(id)) return;
  const message = `got id '${id}' on <${element.name}>${where === "" ? "" : ` in ${where}`}`;
  report.add(rule, element, message, { id });
}

interface Named {
  readonly id: string;
  readonly element: XmlElement;
  readonly words: string;
}

function unique(items: readonly Named[], rule: string, report: Report): void {
  const seen = new Map<string, Named>();
  for (const item of items) {
    const before = seen.get(item.id);
    if (before === undefined) seen.set(item.id, item);
    else if (item.id !== "") {
      const message = `the id '${item.id}' of a ${item.words} is already that of a ${before.words} at line ${before.element.line}`;
      report.add(rule, item.element, message, { id: item.id, hint: "rename one of them, and what refers to it" });
    }
  }
}

/** metaid and sboTerm of every element outside annotations, notes and mathematics. */
export function checkMetaids(root: XmlElement, report: Report): void {
  const seen = new Map<string, number>();
  const walk = (element: XmlElement): void => {
    const metaid = word(element, "metaid");
    if (metaid !== undefined) {
      const line = seen.get(metaid);
      if (line !== undefined)
        report.add("10307", element, `the metaid '${metaid}' is already used at line ${line}`, { id: metaid });
      else seen.set(metaid, element.line);
      if (!METAID.test(metaid)) report.add("10309", element, `got metaid="${metaid}" on <${element.name}>`);
    }
    const term = word(element, "sboTerm");
    if (term !== undefined && !/^SBO:\d{7}$/.test(term))
      report.add("10308", element, `got sboTerm="${term}" on <${element.name}>`, { hint: "for example SBO:0000252" });
    for (const c of element.children) if (!["annotation", "notes", "math", "message"].includes(c.name)) walk(c);
  };
  walk(root);
}
