/**
 * Atoms of each element in a chemical formula; parts that stand for a group (R, X, Z) count as elements of their own.
 * @returns undefined where the text isn't a formula
 */
export function atomsOf(formula: string): ReadonlyMap<string, number> | undefined {
  if (!/^(?:[A-Z][a-z]*(?:\d+(?:\.\d+)?)?)*$/.test(formula)) return undefined;
  const atoms = new Map<string, number>();
  for (const [, element = "", count = ""] of formula.matchAll(/([A-Z][a-z]*)(\d+(?:\.\d+)?)?/g))
    atoms.set(element, (atoms.get(element) ?? 0) + (count === "" ? 1 : Number(count)));
  return atoms;
}
