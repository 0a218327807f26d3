import { didYouMean } from "../../suggest.ts";
import { compAttribute, compItems, isComp } from "../comp/references.ts";
import type { ReadContext } from "../context.ts";
import type { XmlElement } from "../xml.ts";
import { idOf, itemsOf, word } from "./elements.ts";
import type { Report } from "./finding.ts";

/** The models of a file: what submodels can be made of. */
interface Models {
  readonly context: ReadContext;
  readonly byId: ReadonlyMap<string, XmlElement>;
  /** Ids of definitions that lie in other files, which are not looked into. */
  readonly external: ReadonlySet<string>;
  readonly all: readonly XmlElement[];
}

/** Rules of the package comp: models in models, and what points into them. */
export function checkComp(context: ReadContext, root: XmlElement, report: Report): void {
  for (const { name, uri, value } of root.attributes)
    if (name === "required" && isComp(uri) && value.trim() !== "true" && value.trim() !== "1")
      report.add("comp-20212", root, `got comp:required="${value}"`);
  const main = root.children.filter((c) => c.name === "model" && c.uri === context.core);
  const all = [...main, ...compItems(root, "listOfModelDefinitions")];
  const byId = new Map(all.map((m) => [idOf(context, m), m]));
  const external = new Set(
    compItems(root, "listOfExternalModelDefinitions").map((e) => compAttribute(e, "id") ?? idOf(context, e)),
  );
  const models = { context, byId, external, all };
  for (const model of all) {
    for (const list of model.children)
      if (isComp(list.uri) && /^listOf(Submodels|Ports)$/.test(list.name) && list.children.length === 0)
        report.add("comp-20502", list, `<${list.name}> is empty`);
    checkSubmodels(models, model, report);
    for (const port of compItems(model, "listOfPorts")) {
      const what = `the port '${compAttribute(port, "id") ?? ""}'`;
      checkPointer(models, port, model, what, ["comp-20801", "comp-20802"], report);
    }
    checkReplacements(models, model, report);
  }
  checkCircles(models, report);
}

function checkSubmodels({ context, byId, external, all }: Models, model: XmlElement, report: Report): void {
  const parameters = new Set(itemsOf(context, model, "listOfParameters").map((p) => idOf(context, p)));
  for (const submodel of compItems(model, "listOfSubmodels")) {
    const id = compAttribute(submodel, "id");
    const ref = compAttribute(submodel, "modelRef");
    if (id === undefined || ref === undefined) {
      report.add("comp-20607", submodel, `a submodel has no ${id === undefined ? "id" : "modelRef"}`, { id });
      continue;
    }
    const told = `modelRef="${ref}" of submodel '${id}'`;
    if (!byId.has(ref) && !external.has(ref))
      report.add("comp-20615", submodel, `${told} is no model of the file`, { id, hint: didYouMean(ref, byId.keys()) });
    if (byId.get(ref) === model) report.add("comp-20616", submodel, `${told} is the model that holds it`, { id });
    for (const [name, rule] of [
      ["timeConversionFactor", "comp-20622"],
      ["extentConversionFactor", "comp-20623"],
    ] as const) {
      const factor = compAttribute(submodel, name);
      if (factor !== undefined && !parameters.has(factor))
        report.add(rule, submodel, `${name}="${factor}" of submodel '${id}' is no parameter of the model`, {
          id,
          hint: didYouMean(factor, parameters),
        });
    }
    const target = byId.get(ref);
    for (const deletion of compItems(submodel, "listOfDeletions"))
      checkPointer(
        { context, byId, external, all },
        deletion,
        target,
        `a deletion in submodel '${id}'`,
        ["comp-20901", "comp-20902"],
        report,
      );
  }
}

function checkReplacements(models: Models, model: XmlElement, report: Report): void {
  const submodels = new Map(compItems(model, "listOfSubmodels").map((s) => [compAttribute(s, "id") ?? "", s]));
  const parameters = new Set(itemsOf(models.context, model, "listOfParameters").map((p) => idOf(models.context, p)));
  const check = (e: XmlElement, parent: XmlElement, rules: readonly [string, string, string]): void => {
    const id = idOf(models.context, parent);
    const what = `<${e.name}> of '${id}'`;
    const ref = compAttribute(e, "submodelRef") ?? "";
    const submodel = submodels.get(ref);
    if (submodel === undefined) {
      report.add(rules[2], e, `submodelRef="${ref}" of ${what} is no submodel`, {
        id,
        hint: didYouMean(ref, submodels.keys()),
      });
      return;
    }
    const deletion = compAttribute(e, "deletion");
    const deletions = compItems(submodel, "listOfDeletions").map((d) => compAttribute(d, "id") ?? "");
    if (deletion !== undefined && !deletions.includes(deletion))
      report.add("comp-21005", e, `deletion="${deletion}" of ${what} is no deletion of '${ref}'`, { id });
    const factor = compAttribute(e, "conversionFactor");
    if (factor !== undefined && !parameters.has(factor))
      report.add("comp-21006", e, `conversionFactor="${factor}" of ${what} is no parameter`, { id });
    checkPointer(models, e, models.byId.get(compAttribute(submodel, "modelRef") ?? ""), what, rules, report);
  };
  const walk = (element: XmlElement): void => {
    for (const e of compItems(element, "listOfReplacedElements"))
      check(e, element, ["comp-21001", "comp-21002", "comp-21004"]);
    for (const e of element.children)
      if (e.name === "replacedBy" && isComp(e.uri)) check(e, element, ["comp-21101", "comp-21102", "comp-21104"]);
    for (const c of element.children) if (c.uri === models.context.core && c.name !== "annotation") walk(c);
  };
  walk(model);
}

const POINTERS = ["portRef", "idRef", "unitRef", "metaIdRef", "deletion"] as const;
const POINTER_RULES = {
  portRef: "comp-20701",
  idRef: "comp-20702",
  unitRef: "comp-20703",
  metaIdRef: "comp-20704",
} as const;

/** One pointer into a model; what is behind a second one is not followed. */
function checkPointer(
  { context }: Models,
  e: XmlElement,
  into: XmlElement | undefined,
  what: string,
  [none, several]: readonly [string, string, ...string[]],
  report: Report,
): void {
  const given = POINTERS.filter((name) => compAttribute(e, name) !== undefined);
  const id = compAttribute(e, "id");
  if (given.length === 0) report.add(none, e, `${what} points at nothing`, { id });
  if (given.length > 1) report.add(several, e, `${what} has ${given.join(" and ")}`, { id, hint: "keep one" });
  if (into === undefined) return;
  for (const name of given) {
    const target = compAttribute(e, name) ?? "";
    if (name === "deletion" || targets(context, into, name).has(target)) continue;
    const message = `${name}="${target}" of ${what} points at nothing in the model '${idOf(context, into)}'`;
    report.add(POINTER_RULES[name], e, message, {
      id: id ?? target,
      hint: didYouMean(target, targets(context, into, name)),
    });
  }
}

function targets(context: ReadContext, model: XmlElement, pointer: keyof typeof POINTER_RULES): Set<string> {
  if (pointer === "portRef") return new Set(compItems(model, "listOfPorts").map((p) => compAttribute(p, "id") ?? ""));
  if (pointer === "unitRef")
    return new Set(itemsOf(context, model, "listOfUnitDefinitions").map((u) => idOf(context, u)));
  const out = new Set<string>();
  const walk = (element: XmlElement): void => {
    for (const c of element.children) {
      const id = pointer === "metaIdRef" ? word(c, "metaid") : c.attributes.find((a) => a.name === "id")?.value.trim();
      if (id !== undefined) out.add(id);
      if (c.name !== "annotation" && c.name !== "notes" && c.name !== "math") walk(c);
    }
  };
  walk(model);
  return out;
}

function checkCircles({ context, byId, all }: Models, report: Report): void {
  const parts = (model: XmlElement): XmlElement[] =>
    compItems(model, "listOfSubmodels")
      .map((s) => byId.get(compAttribute(s, "modelRef") ?? ""))
      .filter((m) => m !== undefined);
  const done = new Set<XmlElement>();
  const visit = (model: XmlElement, path: readonly XmlElement[]): void => {
    if (path.includes(model)) {
      const names = [...path.slice(path.indexOf(model)), model].map((m) => `'${idOf(context, m)}'`);
      if (names.length > 2)
        report.add("comp-20617", model, `models hold each other: ${names.join(" in ")}`, { id: idOf(context, model) });
      return;
    }
    if (done.has(model)) return;
    for (const part of parts(model)) visit(part, [...path, model]);
    done.add(model);
  };
  for (const model of all) visit(model, []);
}
