import type { MathNode } from "mathjs";
import { parseDouble } from "../attributes.ts";
import type { Measured } from "../units/derive.ts";
import { DIMENSIONLESS, over, type UnitValue } from "../units/unit.ts";
import type { XmlElement } from "../xml.ts";
import { flag, referencesOf, word } from "./elements.ts";
import type { Formula } from "./formulas.ts";
import type { Component, ModelView } from "./view.ts";

/** What the quantities of a model are measured in; undefined wherever the file does not say. */
export interface ModelUnits {
  readonly time: UnitValue | undefined;
  readonly extent: UnitValue | undefined;
  /** Ids without units that were asked for. */
  readonly undeclared: ReadonlySet<string>;
  readonly functions: ReadonlyMap<string, { readonly arguments: readonly string[]; readonly body: MathNode }>;
  symbol(id: string): Measured | undefined;
  /** A local parameter; undefined where the formula has none of the name. */
  local(formula: Formula, id: string): Measured | undefined;
  /** What a kinetic law is expected to give. */
  rateOf(formula: Formula): UnitValue | undefined;
  /** What the delay of an event is expected in. */
  eventTime(formula: Formula): UnitValue | undefined;
  substanceOf(species: XmlElement): UnitValue | undefined;
  /** Dimensionless where there is no conversion factor. */
  conversionOf(species: XmlElement): UnitValue | undefined;
  /** Species that reactions change. */
  changing(): readonly Component[];
}

const SIZES = ["dimensionless", "length", "area", "volume"] as const;

/** @see SBML Level 2 Version 5, sections 4.4 to 4.8, and Level 3 Version 2 Core, sections 4.2.4 and 4.4 to 4.7 */
export function modelUnits(view: ModelView): ModelUnits {
  const { context, model, units } = view;
  const l3 = context.level === 3;
  const undeclared = new Set<string>();
  const known = new Map<string, Measured>();
  /** The attribute of an element; else the predefined unit, or the model's own in Level 3. */
  const given = (element: XmlElement, attribute: string, fallback: string): UnitValue | undefined => {
    const id = word(element, attribute) ?? (l3 ? word(model, `${fallback}Units`) : fallback);
    return id === undefined ? undefined : units.of(id);
  };
  const time = given(model, "timeUnits", "time");
  const extent = l3 ? given(model, "extentUnits", "extent") : units.of("substance");
  const rate = extent === undefined || time === undefined ? undefined : over(extent, time);
  const substanceOf = (e: XmlElement): UnitValue | undefined =>
    given(e, context.level === 1 ? "units" : "substanceUnits", "substance");
  const sizeOf = (e: XmlElement): UnitValue | undefined => {
    const size = SIZES[Number(word(e, "spatialDimensions") ?? 3)];
    if (size === undefined) return undefined;
    return size === "dimensionless" ? DIMENSIONLESS : given(e, "units", size);
  };
  const speciesUnit = (e: XmlElement): UnitValue | undefined => {
    const substance = substanceOf(e);
    const compartment = view.byId.get(word(e, "compartment") ?? "")?.element;
    const flat = compartment === undefined || word(compartment, "spatialDimensions") === "0";
    if (substance === undefined || flat || flag(e, "hasOnlySubstanceUnits", false)) return substance;
    const own = word(e, "spatialSizeUnits");
    const size = own === undefined ? sizeOf(compartment) : units.of(own);
    return size === undefined ? undefined : over(substance, size);
  };
  const parameter = (e: XmlElement, constant: boolean): Measured => {
    const id = word(e, "units");
    const unit = id === undefined ? undefined : units.of(id);
    const value = constant ? parseDouble(word(e, "value") ?? "") : undefined;
    return value === undefined ? { unit } : { unit, value };
  };
  const changed = new Set(
    view.formulas.filter((f) => f.place !== "kineticLaw" && f.place !== "functionDefinition").map((f) => f.id),
  );
  const measure = ({ kind, element, id }: Component): Measured => {
    if (kind === "compartment") return { unit: sizeOf(element) };
    if (kind === "species") return { unit: speciesUnit(element) };
    if (kind === "parameter") return parameter(element, !changed.has(id));
    if (kind === "reaction") return { unit: rate };
    return { unit: kind === "speciesReference" ? DIMENSIONLESS : undefined };
  };
  const symbol = (id: string): Measured | undefined => {
    const component = view.byId.get(id);
    if (component === undefined) return undefined;
    const found = known.get(id) ?? measure(component);
    known.set(id, found);
    if (found.unit === undefined) undeclared.add(id);
    return found;
  };
  return {
    time,
    extent,
    undeclared,
    functions: functionsOf(view),
    symbol,
    local({ locals, place }, id) {
      const element = place === "kineticLaw" ? locals.get(id) : undefined;
      if (element === undefined) return undefined;
      const found = parameter(element, true);
      if (found.unit === undefined) undeclared.add(id);
      return found;
    },
    rateOf({ owner }) {
      if (l3) return rate;
      const [substance, per] = [given(owner, "substanceUnits", "substance"), given(owner, "timeUnits", "time")];
      return substance === undefined || per === undefined ? undefined : over(substance, per);
    },
    eventTime({ id }) {
      const event = view.all("event").find((e) => word(e, "id") === id && word(e, "timeUnits") !== undefined);
      return event === undefined ? time : units.of(word(event, "timeUnits") ?? "");
    },
    substanceOf,
    conversionOf(e) {
      const factor = word(e, "conversionFactor") ?? word(model, "conversionFactor");
      return factor === undefined ? DIMENSIONLESS : symbol(factor)?.unit;
    },
    changing() {
      const named = new Set(
        view.all("reaction").flatMap((r) => referencesOf(context, r).map((e) => word(e, "species"))),
      );
      return view.components.filter(
        ({ kind, id, element }) => kind === "species" && named.has(id) && !flag(element, "boundaryCondition", false),
      );
    },
  };
}

function functionsOf(view: ModelView): ModelUnits["functions"] {
  const out = new Map<string, { arguments: readonly string[]; body: MathNode }>();
  for (const { place, id, locals, tree } of view.formulas)
    if (place === "functionDefinition" && tree !== undefined)
      out.set(id, { arguments: [...locals.keys()], body: tree });
  return out;
}
