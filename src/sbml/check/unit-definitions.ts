import { didYouMean } from "../../suggest.ts";
import { isUnitKind, UNIT_KINDS } from "../units/kinds.ts";
import type { Quantity } from "../units/table.ts";
import type { XmlElement } from "../xml.ts";
import { coreChildren, idOf, itemsOf, word } from "./elements.ts";
import type { Report } from "./finding.ts";
import type { ModelView } from "./view.ts";

/** Level 2's predefined units, with what they may be redefined to. */
const REDEFINED: readonly (readonly [id: string, rule: string, as: Quantity])[] = [
  ["substance", "20402", "substance"],
  ["length", "20403", "length"],
  ["area", "20404", "area"],
  ["time", "20405", "time"],
  ["volume", "20406", "volume"],
];

/** Units that a model has as its own, with what they may be. */
const OF_MODEL: readonly (readonly [attribute: string, rule: string, as: Quantity])[] = [
  ["timeUnits", "20217", "time"],
  ["volumeUnits", "20218", "volume"],
  ["areaUnits", "20219", "area"],
  ["lengthUnits", "20220", "length"],
  ["extentUnits", "20221", "substance"],
  ["substanceUnits", "20233", "substance"],
];

/** Unit definitions, and the units of the model, of compartments, species and parameters. */
export function checkUnitDefinitions(view: ModelView, report: Report): void {
  const { context, model } = view;
  for (const e of itemsOf(context, model, "listOfUnitDefinitions")) checkDefinition(view, e, report);
  for (const [id, rule, as] of REDEFINED) {
    const e = view.unitDefinitions.get(id);
    if (e !== undefined && !view.units.measures(id, as))
      report.add(rule, e, `the unit definition '${id}' is not a variant of ${as}`, { id });
  }
  for (const [attribute, rule, as] of OF_MODEL) checkReference(view, model, attribute, rule, as, report);
  for (const e of view.all("compartment")) checkCompartmentUnits(view, e, report);
  const substance = context.level === 1 ? "units" : "substanceUnits";
  for (const e of view.all("species")) checkReference(view, e, substance, "20608", "substance", report);
  for (const e of view.all("parameter")) checkReference(view, e, "units", "20701", undefined, report);
  for (const { locals, place } of view.formulas)
    if (place === "kineticLaw")
      for (const e of locals.values())
        if (e !== undefined) checkReference(view, e, "units", "20701", undefined, report);
  for (const e of view.all("event")) checkReference(view, e, "timeUnits", "21204", "time", report);
}

function checkDefinition({ context }: ModelView, e: XmlElement, report: Report): void {
  const id = idOf(context, e);
  if (isUnitKind(context, id))
    report.add("20401", e, `the unit definition '${id}' has the name of a base unit`, { id });
  for (const list of coreChildren(context, e, "listOfUnits")) {
    if (itemsOf(context, e, "listOfUnits").length > 0) continue;
    for (const rule of ["20409", "20413"]) report.add(rule, list, `the unit definition '${id}' has no units`, { id });
  }
  for (const unit of itemsOf(context, e, "listOfUnits")) {
    const kind = word(unit, "kind") ?? "";
    if (kind === "Celsius") report.add("20412", unit, `the unit definition '${id}' uses Celsius`, { id });
    else if (kind !== "" && !isUnitKind(context, kind))
      report.add("20410", unit, `got kind="${kind}" in the unit definition '${id}'`, {
        id,
        hint: didYouMean(kind, UNIT_KINDS),
      });
  }
}

const DIMENSIONS = [
  ["20507", "length"],
  ["20508", "area"],
  ["20509", "volume"],
] as const;

function checkCompartmentUnits(view: ModelView, e: XmlElement, report: Report): void {
  const dimensions = Number(word(e, "spatialDimensions") ?? "3");
  const [rule, as] = DIMENSIONS[dimensions - 1] ?? [];
  if (view.context.level < 3 && rule !== undefined) checkReference(view, e, "units", rule, as, report);
  else if (word(e, "units") !== undefined) checkReference(view, e, "units", "10313", undefined, report);
}

/** A unit that an attribute names: it has to exist and, where asked for, to be of a kind. */
function checkReference(
  view: ModelView,
  e: XmlElement,
  attribute: string,
  rule: string,
  as: Quantity | undefined,
  report: Report,
): void {
  const { context, unitDefinitions, units } = view;
  const unit = word(e, attribute);
  if (unit === undefined || !report.has(rule)) return;
  const id = idOf(context, e);
  const predefined = context.level < 3 && REDEFINED.some(([name]) => name === unit);
  const found = `${attribute}="${unit}" on <${e.name}>${id === "" ? "" : ` '${id}'`}`;
  if (!unitDefinitions.has(unit) && !predefined && !isUnitKind(context, unit)) {
    const hint = didYouMean(unit, [...unitDefinitions.keys(), ...UNIT_KINDS]);
    report.add(rule, e, `${found} is no unit of the model`, { id, hint });
  } else if (as !== undefined && !units.measures(unit, as)) report.add(rule, e, `${found} is no ${as}`, { id });
}
