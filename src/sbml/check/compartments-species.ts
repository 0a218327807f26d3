import { didYouMean } from "../../suggest.ts";
import type { XmlElement } from "../xml.ts";
import { flag, idOf, referencesOf, word } from "./elements.ts";
import type { Report } from "./finding.ts";
import type { ModelView } from "./view.ts";

/** Compartments: what those without dimensions can't have, and what lies outside what. */
export function checkCompartments(view: ModelView, report: Report): void {
  const { context } = view;
  for (const e of view.all("compartment")) {
    const id = idOf(context, e);
    if (word(e, "spatialDimensions") === "0") {
      const told = `compartment '${id}' has no dimensions`;
      if (word(e, "size") !== undefined) report.add("20501", e, `${told} and size="${word(e, "size")}"`, { id });
      if (word(e, "units") !== undefined) report.add("20502", e, `${told} and units="${word(e, "units")}"`, { id });
      if (!flag(e, "constant", true)) report.add("20503", e, `${told} and constant="false"`, { id });
    }
    checkOutside(view, e, id, report);
    reference(view, e, "compartmentType", "compartmentType", "20510", report);
  }
}

function checkOutside(view: ModelView, e: XmlElement, id: string, report: Report): void {
  const outside = word(e, "outside");
  if (outside === undefined) return;
  const around = view.byId.get(outside);
  if (around?.kind !== "compartment")
    report.add("20504", e, `outside="${outside}" of compartment '${id}' is no compartment`, {
      id,
      hint: didYouMean(outside, idsOf(view, "compartment")),
    });
  else if (word(around.element, "spatialDimensions") === "0" && word(e, "spatialDimensions") !== "0")
    report.add("20506", e, `'${outside}', outside compartment '${id}', has no dimensions`, { id });
  const seen = new Set([id]);
  for (let at = around; at?.kind === "compartment"; at = view.byId.get(word(at.element, "outside") ?? "")) {
    if (at.id === id) {
      report.add("20505", e, `compartment '${id}' is outside itself`, { id });
      return;
    }
    if (seen.has(at.id)) return;
    seen.add(at.id);
  }
}

/** Species: where they are, how they start, and who may change them. */
export function checkSpecies(view: ModelView, report: Report): void {
  const ruled = new Map(
    view.formulas.flatMap((f) => (f.place === "assignmentRule" || f.place === "rateRule" ? [[f.id, f.label]] : [])),
  );
  const kinds = new Set<string>();
  const inReactions = new Map<string, string>();
  for (const reaction of view.all("reaction"))
    for (const r of referencesOf(view.context, reaction))
      inReactions.set(word(r, "species") ?? word(r, "specie") ?? "", idOf(view.context, reaction));
  for (const e of view.all("species")) {
    const id = idOf(view.context, e);
    checkPlace(view, e, id, report);
    const reaction = inReactions.get(id);
    const boundary = flag(e, "boundaryCondition", false);
    if (reaction !== undefined && !boundary) {
      const rule = ruled.get(id);
      const hint = 'boundaryCondition="true" lets a rule determine it';
      if (rule !== undefined)
        report.add("20610", e, `${rule} and the reaction '${reaction}' both determine species '${id}'`, { id, hint });
      if (flag(e, "constant", false))
        report.add("20611", e, `the reaction '${reaction}' changes species '${id}', which is constant`, {
          id,
          hint: 'say constant="false", or boundaryCondition="true"',
        });
    }
    if (word(e, "initialAmount") !== undefined && word(e, "initialConcentration") !== undefined)
      report.add("20609", e, `species '${id}' has initialAmount and initialConcentration`, { id, hint: "keep one" });
    reference(view, e, "speciesType", "speciesType", "20612", report);
    const type = word(e, "speciesType");
    const key = `${type} in ${word(e, "compartment")}`;
    if (type !== undefined && kinds.has(key))
      report.add("20613", e, `species '${id}' is one more of type ${key}`, { id });
    kinds.add(key);
  }
}

function checkPlace(view: ModelView, e: XmlElement, id: string, report: Report): void {
  const compartment = word(e, "compartment");
  if (compartment === undefined) {
    report.add("20614", e, `species '${id}' is in no compartment`, { id, hint: 'add compartment="..."' });
    return;
  }
  const found = view.byId.get(compartment);
  if (found?.kind !== "compartment") {
    const hint = didYouMean(compartment, idsOf(view, "compartment"));
    report.add("20601", e, `compartment="${compartment}" of species '${id}' is no compartment`, { id, hint });
    return;
  }
  const flat = word(found.element, "spatialDimensions") === "0";
  if (flat && word(e, "initialConcentration") !== undefined)
    report.add("20604", e, `species '${id}' has an initialConcentration in '${compartment}', which has no dimensions`, {
      id,
    });
  if (word(e, "spatialSizeUnits") === undefined) return;
  if (flag(e, "hasOnlySubstanceUnits", false)) report.add("20602", e, `species '${id}' has both`, { id });
  if (flat) report.add("20603", e, `species '${id}' has spatialSizeUnits in '${compartment}'`, { id });
}

/** An attribute that names something of one kind. */
export function reference(
  view: ModelView,
  e: XmlElement,
  attribute: string,
  kind: "compartment" | "species" | "parameter" | "reaction" | "compartmentType" | "speciesType",
  rule: string,
  report: Report,
): void {
  const named = word(e, attribute);
  if (named === undefined || view.byId.get(named)?.kind === kind) return;
  const id = idOf(view.context, e);
  const message = `${attribute}="${named}" on <${e.name}>${id === "" ? "" : ` '${id}'`} is no ${kind}`;
  report.add(rule, e, message, { id, hint: didYouMean(named, idsOf(view, kind)) });
}

export function idsOf(view: ModelView, kind: string): string[] {
  return view.components.filter((c) => c.kind === kind).map((c) => c.id);
}
