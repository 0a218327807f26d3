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
}

/** @see SBML Level 2 Version 5, sections 4.4 to 4.8, and Level 3 Version 2 Core, sections 4.2.4 and 4.4 to 4.7 */
export function modelUnits(view: ModelView): ModelUnits {
  const { context, model, units } = view;
  const l3 = context.level === 3;
  const undeclared = new Set<string>();
  const known = new Map<string, Measured>();
  const given = givenUnits(view);
  const time = given(model, "timeUnits", "time");
  const extent = l3 ? given(model, "extentUnits", "extent") : units.of("substance");
  const rate = per(extent, time);
  const substanceOf = (e: XmlElement): UnitValue | undefined =>
    given(e, context.level === 1 ? "units" : "substanceUnits", "substance");
  const set = settable(view);
  const measure = ({ kind, element, id }: Component): Measured => {
    if (kind === "compartment") return { unit: sizeOf(element, given) };
    if (kind === "species") return { unit: speciesUnit(view, element, substanceOf(element), given) };
    if (kind === "parameter") return parameter(view, element, !set.has(id));
    if (kind === "reaction") return { unit: rate };
    return { unit: kind === "speciesReference" ? DIMENSIONLESS : undefined };
  };
  const noted = (id: string, found: Measured): Measured => {
    if (found.unit === undefined) undeclared.add(id);
    return found;
  };
  const symbol = (id: string): Measured | undefined => {
    const component = view.byId.get(id);
    if (component === undefined) return undefined;
    const found = known.get(id) ?? measure(component);
    known.set(id, found);
    return noted(id, found);
  };
  return {
    time,
    extent,
    undeclared,
    functions: functionsOf(view),
    symbol,
    local({ locals, place }, id) {
      const element = place === "kineticLaw" ? locals.get(id) : undefined;
      return element === undefined ? undefined : noted(id, parameter(view, element, true));
    },
    rateOf: ({ owner }) =>
      l3 ? rate : per(given(owner, "substanceUnits", "substance"), given(owner, "timeUnits", "time")),
    eventTime({ id }) {
      const event = view.all("event").find((e) => word(e, "id") === id && word(e, "timeUnits") !== undefined);
      return event === undefined ? time : units.of(word(event, "timeUnits") ?? "");
    },
    substanceOf,
    conversionOf(e) {
      const factor = word(e, "conversionFactor") ?? word(model, "conversionFactor");
      return factor === undefined ? DIMENSIONLESS : symbol(factor)?.unit;
    },
  };
}

/** The unit that an attribute of an element names; else the predefined unit, or the model's own in Level 3. */
type GivenUnits = (element: XmlElement, attribute: string, fallback: string) => UnitValue | undefined;

function givenUnits({ context, model, units }: ModelView): GivenUnits {
  return (element, attribute, fallback) => {
    const id = word(element, attribute) ?? (context.level === 3 ? word(model, `${fallback}Units`) : fallback);
    return id === undefined ? undefined : units.of(id);
  };
}

function per(above: UnitValue | undefined, below: UnitValue | undefined): UnitValue | undefined {
  return above === undefined || below === undefined ? undefined : over(above, below);
}

const SIZES = ["dimensionless", "length", "area", "volume"] as const;

/** Of a compartment, by its dimensions. */
function sizeOf(e: XmlElement, given: GivenUnits): UnitValue | undefined {
  const size = SIZES[Number(word(e, "spatialDimensions") ?? 3)];
  if (size === undefined) return undefined;
  return size === "dimensionless" ? DIMENSIONLESS : given(e, "units", size);
}

/** As mathematics sees a species: an amount, or an amount per size of its compartment. */
function speciesUnit(
  view: ModelView,
  e: XmlElement,
  substance: UnitValue | undefined,
  given: GivenUnits,
): UnitValue | undefined {
  const compartment = view.byId.get(word(e, "compartment") ?? "")?.element;
  const flat = compartment === undefined || word(compartment, "spatialDimensions") === "0";
  if (flat || flag(e, "hasOnlySubstanceUnits", false)) return substance;
  const own = word(e, "spatialSizeUnits");
  return per(substance, own === undefined ? sizeOf(compartment, given) : view.units.of(own));
}

/** A parameter, with its value where nothing sets it. */
function parameter({ units }: ModelView, e: XmlElement, constant: boolean): Measured {
  const id = word(e, "units");
  const unit = id === undefined ? undefined : units.of(id);
  const value = constant ? parseDouble(word(e, "value") ?? "") : undefined;
  return value === undefined ? { unit } : { unit, value };
}

/** Ids that rules, initial assignments or events set. */
function settable({ formulas }: ModelView): ReadonlySet<string> {
  const setting = formulas.filter((f) => f.place !== "kineticLaw" && f.place !== "functionDefinition");
  return new Set(setting.map((f) => f.id));
}

function functionsOf(view: ModelView): ModelUnits["functions"] {
  const out = new Map<string, { arguments: readonly string[]; body: MathNode }>();
  for (const { place, id, locals, tree } of view.formulas)
    if (place === "functionDefinition" && tree !== undefined)
      out.set(id, { arguments: [...locals.keys()], body: tree });
  return out;
}

/** Species that reactions change. */
export function changedSpecies(view: ModelView): readonly Component[] {
  const reactions = view.all("reaction");
  const named = new Set(reactions.flatMap((r) => referencesOf(view.context, r).map((e) => word(e, "species"))));
  return view.components.filter(
    ({ kind, id, element }) => kind === "species" && named.has(id) && !flag(element, "boundaryCondition", false),
  );
}
