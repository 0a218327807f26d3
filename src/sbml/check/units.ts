import type { MathNode } from "mathjs";
import { deriveUnits, type UnitScope } from "../units/derive.ts";
import { formatBoth, formatUnit } from "../units/format.ts";
import { BASES, DIMENSIONLESS, over, sameDimension, sameUnit, times, type UnitValue } from "../units/unit.ts";
import type { Report } from "./finding.ts";
import type { Formula } from "./formulas.ts";
import { changedSpecies, type ModelUnits, modelUnits } from "./model-units.ts";
import type { ModelView } from "./view.ts";

/** Rules by what is set, in this order. */
const KINDS = ["compartment", "species", "parameter", "speciesReference"];
const SETS: ReadonlyMap<string, readonly string[]> = new Map([
  ["assignmentRule", ["10511", "10512", "10513", "10514"]],
  ["initialAssignment", ["10521", "10522", "10523", "10524"]],
  ["rateRule", ["10531", "10532", "10533", "10534"]],
  ["eventAssignment", ["10561", "10562", "10563", "10564"]],
]);

interface Expectation {
  readonly rule: string;
  readonly unit: UnitValue | undefined;
  readonly hint?: string;
}

const VOLUME: UnitValue = { factor: 1, exponents: BASES.map((base) => (base === "metre" ? 3 : 0)) };

/** Units of every expression against what it stands for; what rests on undeclared units is counted in one note. */
export function checkUnits(view: ModelView, report: Report): void {
  const units = modelUnits(view);
  let open = 0;
  let all = 0;
  for (const formula of view.formulas) {
    if (formula.tree === undefined || formula.place === "functionDefinition") continue;
    const derived = deriveUnits(formula.tree, scopeOf(view, units, formula, report));
    const expected = expectationOf(view, units, formula);
    if (expected === undefined) continue;
    all++;
    if (derived.unit === undefined || expected.unit === undefined) open++;
    else compare(formula, derived.unit, expected, report);
  }
  checkExtents(view, units, report);
  if (open > 0) report.notes.push(note(open, all, units));
}

function note(open: number, all: number, { undeclared }: ModelUnits): string {
  const count = open === all ? `${all === 1 ? "its" : `all ${all}`}` : `${open} of ${all}`;
  const ids = [...undeclared];
  const some = ids
    .slice(0, 5)
    .map((id) => `'${id}'`)
    .join(", ");
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : "";
  const why = ids.length === 0 ? "numbers in them have" : `${some}${more} ${ids.length === 1 ? "has" : "have"}`;
  return `the units of ${count} expressions could not be checked: ${why} no units`;
}

function scopeOf(view: ModelView, units: ModelUnits, formula: Formula, report: Report): UnitScope {
  let told = false;
  return {
    time: units.time,
    named: (id) => view.units.of(id),
    symbol: (id) => units.local(formula, id) ?? units.symbol(id),
    function: (id) => units.functions.get(id),
    disagree(node, found, expected) {
      if (told) return;
      told = true;
      const [a, b] = formatBoth(found, expected);
      const message = `'${shown(node)}' in ${formula.label} has ${a} where ${b} was expected`;
      report.add("10501", formula.math ?? formula.owner, message, { id: formula.id });
    },
  };
}

/** An expression in one short line; names of SBML's own lose their mark. */
function shown(node: MathNode): string {
  const text = node.toString().replaceAll("%", "");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function expectationOf(view: ModelView, units: ModelUnits, formula: Formula): Expectation | undefined {
  const { place } = formula;
  if (place === "kineticLaw") return { rule: "10541", unit: units.rateOf(formula) };
  if (place === "delay") return { rule: "10551", unit: units.eventTime(formula) };
  if (place === "priority") return { rule: "10565", unit: DIMENSIONLESS };
  const rules = SETS.get(place);
  const target = view.byId.get(formula.id);
  if (rules === undefined || target === undefined) return undefined;
  const rule = rules[KINDS.indexOf(target.kind)];
  if (rule === undefined) return undefined;
  const unit = units.symbol(formula.id)?.unit;
  if (place !== "rateRule") return { rule, unit };
  return { rule, unit: unit === undefined || units.time === undefined ? undefined : over(unit, units.time) };
}

function compare(formula: Formula, found: UnitValue, { rule, unit }: Expectation, report: Report): void {
  if (unit === undefined || sameUnit(found, unit)) return;
  const [a, b] = formatBoth(found, unit);
  const message = `${formula.label} gives ${a} when ${b} was expected`;
  report.add(rule, formula.math ?? formula.owner, message, { id: formula.id, hint: hintOf(rule, found, unit) });
}

function hintOf(rule: string, found: UnitValue, expected: UnitValue): string {
  const missing = over(expected, found);
  if (rule === "10541" && sameDimension(missing, VOLUME))
    return "a kinetic law is an amount per time: multiply a change of concentration by its compartment";
  if (sameDimension(found, expected) && isInverted(missing.factor))
    return "a multiplier is raised to its exponent: per hour is a second with exponent -1 and multiplier 3600, not 1/3600";
  if (sameDimension(found, expected)) return `it is off by a factor of ${Number(missing.factor.toPrecision(4))}`;
  const words = formatUnit(missing);
  return `it would agree multiplied by something ${words.startsWith("per ") ? words : `in ${words}`}`;
}

/** Whether a factor is that of a minute, hour or day taken the wrong way round. */
function isInverted(factor: number): boolean {
  return [60, 3600, 86_400].some((seconds) =>
    [factor, 1 / factor].some((ratio) => Math.abs(ratio / seconds ** 2 - 1) < 1e-3),
  );
}

/** Level 3: extent times conversion factor is the substance of what reactions change. */
function checkExtents(view: ModelView, units: ModelUnits, report: Report): void {
  const { extent } = units;
  if (extent === undefined || !report.has("10542")) return;
  for (const species of changedSpecies(view)) {
    const [substance, factor] = [units.substanceOf(species.element), units.conversionOf(species.element)];
    if (substance === undefined || factor === undefined) continue;
    const found = times(extent, factor);
    if (sameUnit(found, substance)) continue;
    const [a, b] = formatBoth(found, substance);
    report.add("10542", species.element, `reactions change species '${species.id}' in ${a} when ${b} was expected`, {
      id: species.id,
    });
  }
}
