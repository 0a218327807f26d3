/** SI base units, with SBML's own item, in the order in which they are written. */
export const BASES = ["mole", "item", "kilogram", "metre", "second", "ampere", "kelvin", "candela"] as const;

/** A unit reduced to base units: factor x product of bases to their exponents. */
export interface UnitValue {
  readonly factor: number;
  /** Shape [BASES]. */
  readonly exponents: readonly number[];
}

export const DIMENSIONLESS: UnitValue = { factor: 1, exponents: BASES.map(() => 0) };

/** a x b^power */
export function times(a: UnitValue, b: UnitValue, power = 1): UnitValue {
  return {
    factor: a.factor * b.factor ** power,
    exponents: a.exponents.map((x, i) => x + power * (b.exponents[i] ?? 0)),
  };
}

/** The unit a / b. */
export function over(a: UnitValue, b: UnitValue): UnitValue {
  return times(a, b, -1);
}

/** The unit a^power. */
export function toPower(a: UnitValue, power: number): UnitValue {
  return times(DIMENSIONLESS, a, power);
}

/** Whether two units measure the same, whatever the factor. */
export function sameDimension(a: UnitValue, b: UnitValue): boolean {
  return a.exponents.every((x, i) => Math.abs(x - (b.exponents[i] ?? 0)) < 1e-9);
}

/** Whether two units are the same, factors to within rounding. */
export function sameUnit(a: UnitValue, b: UnitValue): boolean {
  return sameDimension(a, b) && Math.abs(a.factor - b.factor) <= 1e-6 * Math.abs(b.factor);
}
