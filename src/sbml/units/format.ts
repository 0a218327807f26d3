import { BASES, times, type UnitValue } from "./unit.ts";

/** A unit with a name of its own. */
interface Named {
  readonly name: string;
  readonly unit: UnitValue;
}

const PREFIXES: readonly (readonly [name: string, factor: number])[] = [
  ["", 1],
  ["milli", 1e-3],
  ["micro", 1e-6],
  ["nano", 1e-9],
  ["pico", 1e-12],
  ["femto", 1e-15],
  ["kilo", 1e3],
];

const TIMES: readonly (readonly [name: string, factor: number])[] = [
  ["second", 1],
  ["minute", 60],
  ["hour", 3600],
  ["day", 86400],
  ["millisecond", 1e-3],
];

const AMOUNTS: readonly string[] = ["mole", "item", "kilogram"];

/** Volumes as powers of ten of a cubic metre that have names people use. */
const VOLUMES: readonly (readonly [name: string, factor: number])[] = [
  ["litre", 1e-3],
  ["millilitre", 1e-6],
  ["microlitre", 1e-9],
  ["femtolitre", 1e-18],
  ["cubic metre", 1],
];

const NONE = "dimensionless";

function base(name: string, factor: number, exponent = 1): UnitValue {
  return { factor, exponents: BASES.map((b) => (b === name ? exponent : 0)) };
}

const exponentOf = ({ exponents }: UnitValue, name: string): number =>
  exponents[(BASES as readonly string[]).indexOf(name)] ?? 0;

/** A unit in words: `mole per litre per second`, `60 x mole` where no name fits. */
export function formatUnit(unit: UnitValue): string {
  let best: { text: string; cost: number } | undefined;
  for (const choice of choices(unit)) {
    const product = choice.reduce((left, { unit: u, power }) => times(left, u, -power), unit);
    const factor = product.factor;
    const exact = Math.abs(factor - 1) < 1e-6;
    const text = exact ? words(choice) : withFactor(factor, words(choice));
    const cost = choice.reduce((sum, { cost: c }) => sum + c, exact ? 0 : 100);
    if (best === undefined || cost < best.cost) best = { text, cost };
  }
  return best?.text ?? NONE;
}

interface Part extends Named {
  readonly power: number;
  readonly cost: number;
}

/** Every way to write a unit with the names above: amounts with prefixes, volumes, times, and bases as they are. */
function* choices(unit: UnitValue): Generator<Part[]> {
  const metres = exponentOf(unit, "metre");
  const seconds = exponentOf(unit, "second");
  const asVolume = metres % 3 === 0 || Math.abs(metres / 3 + exponentOf(unit, "mole")) < 1e-9;
  const lengths: Part[] = asVolume
    ? VOLUMES.map(([name, factor], i) => ({ name, unit: base("metre", factor, 3), power: metres / 3, cost: 2 * i }))
    : lengthParts(metres);
  const times = TIMES.map(([name, factor], cost) => ({ name, unit: base("second", factor), power: seconds, cost }));
  const rest = BASES.filter((b) => !["metre", "second", ...AMOUNTS].includes(b))
    .map((name) => ({ name, unit: base(name, 1), power: exponentOf(unit, name), cost: 0 }))
    .filter(({ power }) => power !== 0);
  for (const amounts of amountChoices(unit))
    for (const length of metres === 0 ? [undefined] : lengths)
      for (const time of seconds === 0 ? [undefined] : times)
        yield [...amounts, ...[length, time].filter((p) => p !== undefined), ...rest];
}

function lengthParts(power: number): Part[] {
  return PREFIXES.map(([prefix, factor], cost) => ({
    name: `${prefix}metre`,
    unit: base("metre", factor),
    power,
    cost,
  }));
}

/** The first amount takes a prefix; grams stand for kilograms where these don't do. */
function* amountChoices(unit: UnitValue): Generator<Part[]> {
  const present = AMOUNTS.filter((name) => exponentOf(unit, name) !== 0);
  const [first, ...others] = present.map((name) => ({
    name,
    unit: base(name, 1),
    power: exponentOf(unit, name),
    cost: 0,
  }));
  if (first === undefined) {
    yield [];
    return;
  }
  const gram = first.name === "kilogram";
  if (gram) yield [first, ...others];
  for (const [i, [prefix, factor]] of PREFIXES.entries()) {
    const name = prefix + (gram ? "gram" : first.name);
    yield [
      { ...first, name, unit: base(first.name, gram ? factor * 1e-3 : factor), cost: gram ? i + 1 : i },
      ...others,
    ];
  }
}

function words(parts: readonly Part[]): string {
  const above = parts.filter(({ power }) => power > 0).map(({ name, power }) => name + powerWords(power));
  const below = parts.filter(({ power }) => power < 0).map(({ name, power }) => `per ${name}${powerWords(-power)}`);
  return [...above, ...below].join(" ") || NONE;
}

function powerWords(power: number): string {
  if (power === 1) return "";
  if (power === 2) return " squared";
  return power === 3 ? " cubed" : ` to the power ${Number(power.toPrecision(4))}`;
}

function withFactor(factor: number, text: string): string {
  const number = `${Number(factor.toPrecision(4))}`;
  if (text === NONE) return `the number ${number}`;
  return text.startsWith("per ") ? `${number} ${text}` : `${number} x ${text}`;
}

/** Both units in words; the same words are told apart by their factor. */
export function formatBoth(found: UnitValue, expected: UnitValue): readonly [string, string] {
  const [a, b] = [formatUnit(found), formatUnit(expected)];
  return a === b ? [withFactor(found.factor / expected.factor, b), b] : [a, b];
}
