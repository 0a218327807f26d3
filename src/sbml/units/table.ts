import type { Unit } from "../document.ts";
import { isUnitKind, unitOfKind } from "./kinds.ts";
import { DIMENSIONLESS, sameDimension, times, toPower, type UnitValue } from "./unit.ts";

/** What a unit may measure. */
export type Quantity = "substance" | "time" | "volume" | "area" | "length";

/** The units that a model can name. */
export interface UnitTable {
  /** A base unit, a unit definition or a predefined unit reduced; undefined where there is none or it has no factor. */
  of(id: string): UnitValue | undefined;
  /** Whether a unit is a variant of what measures a quantity, or dimensionless; also where it can't be reduced. */
  measures(id: string, quantity: Quantity): boolean;
}

/** Predefined units of Levels 1 and 2, unless a model redefines them. @see SBML Level 2 Version 5, section 4.4.3 */
const PREDEFINED: ReadonlyMap<string, readonly [kind: string, exponent: number]> = new Map([
  ["substance", ["mole", 1]],
  ["volume", ["litre", 1]],
  ["area", ["metre", 2]],
  ["length", ["metre", 1]],
  ["time", ["second", 1]],
] as const);

const MEASURES: Readonly<Record<Quantity, readonly (readonly [kind: string, exponent: number])[]>> = {
  substance: [
    ["mole", 1],
    ["item", 1],
    ["gram", 1],
  ],
  time: [["second", 1]],
  volume: [["metre", 3]],
  area: [["metre", 2]],
  length: [["metre", 1]],
};

/** Units by name; each is reduced once. */
export function unitTable(
  at: { readonly level: number; readonly version: number },
  definitions: ReadonlyMap<string, readonly Unit[]>,
): UnitTable {
  const known = new Map<string, UnitValue | undefined>();
  const find = (id: string): UnitValue | undefined => {
    const units = definitions.get(id);
    if (units !== undefined) return reduce(units);
    const [kind, exponent] = (at.level < 3 ? PREDEFINED.get(id) : undefined) ?? [id, 1];
    const base = isUnitKind(at, kind) ? unitOfKind(kind) : undefined;
    return base === undefined ? undefined : toPower(base, exponent);
  };
  const of = (id: string): UnitValue | undefined => {
    if (!known.has(id)) known.set(id, find(id));
    return known.get(id);
  };
  return {
    of,
    measures(id, quantity) {
      const unit = of(id);
      if (unit === undefined || sameDimension(unit, DIMENSIONLESS)) return true;
      return MEASURES[quantity].some(([kind, n]) => sameDimension(unit, toPower(unitOfKind(kind) ?? DIMENSIONLESS, n)));
    },
  };
}

/** Product of (multiplier x 10^scale x kind)^exponent. @see SBML Level 3 Version 2 Core, section 4.4.2 */
function reduce(units: readonly Unit[]): UnitValue | undefined {
  let out = DIMENSIONLESS;
  for (const { kind, exponent, scale, multiplier } of units) {
    const base = unitOfKind(kind);
    if (base === undefined) return undefined;
    const scaled = { factor: multiplier * 10 ** scale * base.factor, exponents: base.exponents };
    out = times(out, scaled, exponent);
  }
  return Number.isFinite(out.factor) && out.exponents.every(Number.isFinite) ? out : undefined;
}
