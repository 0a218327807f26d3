import type { MathNode } from "mathjs";

/** Units that numbers in mathematics name (`sbml:units` on `<cn>`, Level 3), beside the trees: they change no value. */
const UNITS = new WeakMap<MathNode, string>();

/** Says of which units a number in mathematics is, by their id. */
export function setUnitsOfNumber(node: MathNode, units: string): void {
  UNITS.set(node, units);
}

/** Id of the units of a number; undefined where it names none. */
export function unitsOfNumber(node: MathNode): string | undefined {
  return UNITS.get(node);
}
