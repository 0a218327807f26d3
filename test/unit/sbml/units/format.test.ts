import { describe, expect, test } from "vitest";
import { formatBoth, formatUnit } from "../../../../src/sbml/units/format.ts";
import { type UnitTable, unitTable } from "../../../../src/sbml/units/table.ts";
import { over, times, toPower, type UnitValue } from "../../../../src/sbml/units/unit.ts";

const unit = (kind: string, exponent = 1, scale = 0, multiplier = 1) => ({ kind, exponent, scale, multiplier });
const table = unitTable(
  { level: 3, version: 2 },
  new Map([
    ["mM", [unit("mole", 1, -3), unit("litre", -1)]],
    ["minute", [unit("second", 1, 0, 60)]],
    ["per_minute", [unit("second", -1, 0, 60)]],
    ["mg", [unit("gram", 1, -3)]],
    ["odd", [unit("mole", 1, 0, 7)]],
    ["none", [unit("furlong")]],
  ]),
);
const of = (id: string, from: UnitTable = table): UnitValue =>
  from.of(id) ?? toPower({ factor: Number.NaN, exponents: [] }, 1);

describe("units in words", () => {
  test.each([
    [of("mM"), "millimole per litre"],
    [over(of("mM"), of("minute")), "millimole per litre per minute"],
    [of("per_minute"), "per minute"],
    [times(of("per_minute"), of("mole")), "mole per minute"],
    [over(of("mole"), of("litre")), "mole per litre"],
    [of("mg"), "milligram"],
    [of("newton"), "kilogram metre per second squared"],
    [toPower(of("litre"), 1), "litre"],
    [toPower(of("metre"), 2), "metre squared"],
    [over(of("metre"), of("litre")), "1000 per metre squared"],
    [of("dimensionless"), "dimensionless"],
    [of("avogadro"), "the number 6.022e+23"],
    [of("odd"), "7 x mole"],
    [toPower(of("mM"), 2.6), "millimole to the power 2.6 per litre to the power 2.6"],
  ])("%o", (value, words) => expect(formatUnit(value)).toBe(words));

  test("two units with the same words are told apart", () => {
    const rounded = { ...of("mM"), factor: of("mM").factor * 1.0000005 };
    expect(formatBoth(rounded, of("mM"))[1]).toBe("millimole per litre");
    expect(formatBoth(of("minute"), of("second"))).toEqual(["minute", "second"]);
  });
});

describe("what a model can name", () => {
  test("a definition with an unknown kind has no units", () => {
    expect(table.of("none")).toBeUndefined();
    expect(table.of("nothing")).toBeUndefined();
  });

  test("Level 2 predefines substance, volume, area, length and time; Level 3 does not", () => {
    const early = unitTable({ level: 2, version: 4 }, new Map([["substance", [unit("item")]]]));
    expect(formatUnit(of("substance", early))).toBe("item");
    expect(formatUnit(of("volume", early))).toBe("litre");
    expect(formatUnit(of("area", early))).toBe("metre squared");
    expect(table.of("volume")).toBeUndefined();
    expect(early.of("avogadro")).toBeUndefined();
  });

  test("variants of a quantity", () => {
    expect(table.measures("minute", "time")).toBe(true);
    expect(table.measures("mM", "substance")).toBe(false);
    expect(table.measures("mg", "substance")).toBe(true);
    expect(table.measures("dimensionless", "volume")).toBe(true);
  });
});
