import { AVOGADRO_VALUE } from "../math-names.ts";
import { BASES, type UnitValue } from "./unit.ts";

/** `kind | factor | base exponent ...` in SI base units. @see SBML Level 3 Version 2 Core, table 2; BIPM SI brochure */
const TABLE = `
ampere | 1 | ampere 1
avogadro | ${AVOGADRO_VALUE} |
becquerel | 1 | second -1
candela | 1 | candela 1
coulomb | 1 | ampere 1 second 1
dimensionless | 1 |
farad | 1 | kilogram -1 metre -2 second 4 ampere 2
gram | 1e-3 | kilogram 1
gray | 1 | metre 2 second -2
henry | 1 | kilogram 1 metre 2 second -2 ampere -2
hertz | 1 | second -1
item | 1 | item 1
joule | 1 | kilogram 1 metre 2 second -2
katal | 1 | mole 1 second -1
kelvin | 1 | kelvin 1
kilogram | 1 | kilogram 1
liter | 1e-3 | metre 3
litre | 1e-3 | metre 3
lumen | 1 | candela 1
lux | 1 | candela 1 metre -2
meter | 1 | metre 1
metre | 1 | metre 1
mole | 1 | mole 1
newton | 1 | kilogram 1 metre 1 second -2
ohm | 1 | kilogram 1 metre 2 second -3 ampere -2
pascal | 1 | kilogram 1 metre -1 second -2
radian | 1 |
second | 1 | second 1
siemens | 1 | kilogram -1 metre -2 second 3 ampere 2
sievert | 1 | metre 2 second -2
steradian | 1 |
tesla | 1 | kilogram 1 second -2 ampere -1
volt | 1 | kilogram 1 metre 2 second -3 ampere -1
watt | 1 | kilogram 1 metre 2 second -3
weber | 1 | kilogram 1 metre 2 second -2 ampere -1
`;

function parse(): ReadonlyMap<string, UnitValue> {
  const out = new Map<string, UnitValue>();
  for (const line of TABLE.trim().split("\n")) {
    const [kind = "", factor = "1", powers = ""] = line.split("|").map((part) => part.trim());
    const words = powers.split(" ");
    const exponents = BASES.map((base) => Number(words[words.indexOf(base) + 1] ?? 0) * (words.includes(base) ? 1 : 0));
    out.set(kind, { factor: Number(factor), exponents: exponents.map((x) => (Number.isNaN(x) ? 0 : x)) });
  }
  return out;
}

const KINDS = parse();

/** Names of base units, of all levels. */
export const UNIT_KINDS: readonly string[] = [...KINDS.keys()];

/** A base unit of the specification; `Celsius`, of early levels, is none: its zero is another. */
export function unitOfKind(kind: string): UnitValue | undefined {
  return KINDS.get(kind);
}

/** Whether a level and version has a base unit. */
export function isUnitKind({ level, version }: { level: number; version: number }, kind: string): boolean {
  if (kind === "avogadro") return level === 3;
  if (kind === "liter" || kind === "meter") return level === 1;
  if (kind === "Celsius") return level === 1 || (level === 2 && version === 1);
  return KINDS.has(kind);
}
