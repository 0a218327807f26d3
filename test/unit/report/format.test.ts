import { describe, expect, test } from "vitest";
import { hours, number, numberWithin, tickFormat, unitOf } from "../../../src/report/svg/format.ts";

describe("numbers for people", () => {
  test("three significant digits, powers of ten outside the readable range", () => {
    expect([0.87392, 12.345, 1234.5, -0.02, 0, 1e-13].map(number)).toEqual([
      "0.874",
      "12.3",
      "1230",
      "−0.02",
      "0",
      "0",
    ]);
    expect(number(4.2e-7)).toBe("4.2×10⁻⁷");
    expect(number(-1.5e9)).toBe("−1.5×10⁹");
    expect(number(Number.NaN)).toBe("n/a");
  });

  test("numbers of one quantity share their decimals", () => {
    expect([0.00002, 0.5, -3.456].map((x) => numberWithin(x, 3.456))).toEqual(["0.00", "0.50", "−3.46"]);
    expect(numberWithin(250, 300)).toBe("250");
  });

  test("ticks of an axis share their decimals", () => {
    const write = tickFormat([0, 0.05, 0.1, 0.15]);
    expect([0, 0.05, 0.1].map(write)).toEqual(["0.00", "0.05", "0.10"]);
    expect([0, 5, 10].map(tickFormat([0, 5, 10]))).toEqual(["0", "5", "10"]);
    expect([0, 0.002, 0.004].map(tickFormat([0, 0.002, 0.004]))).toEqual(["0.000", "0.002", "0.004"]);
    expect([0, 5e-5, 1e-4].map(tickFormat([0, 5e-5, 1e-4]))).toEqual(["0", "0.5×10⁻⁴", "1.0×10⁻⁴"]);
    expect([0, 2e6].map(tickFormat([0, 2e6]))).toEqual(["0", "2×10⁶"]);
  });

  test("units as figures write them", () => {
    expect(unitOf({ unit: "mmol/gDW/h", kind: "flux" })).toBe("mmol gDW⁻¹ h⁻¹");
    expect(unitOf({ unit: "1/h", kind: "flux" })).toBe("h⁻¹");
    expect(unitOf({ unit: "1", kind: "expression" })).toBe("× reference");
    expect(unitOf({ unit: "1", kind: "activity" })).toBe("");
    expect(unitOf({ unit: "mol/(L s)", kind: "flux" })).toBe("mol/(L s)");
    expect(hours(5.3333)).toBe("5.33 h");
  });
});
