import { describe, expect, test } from "vitest";
import { scalesOf, spreadOf } from "../../../src/regulation/in-context/spread.ts";

const rows = (...values: number[][]) =>
  values.map((each) => ({ project: "", interventions: [], values: Float64Array.from(each), replicates: 1 }));

describe("spreads of changes", () => {
  test("few changes lean on all variables'", () => {
    const spread = spreadOf([Float64Array.of(2, 0), Float64Array.of(-2, Number.NaN)], Float64Array.of(1, 1));
    const common = 8 / 3;
    expect(spread[0]).toBeCloseTo(Math.sqrt((8 + 4 * common) / 6), 12);
    expect(spread[1]).toBeCloseTo(Math.sqrt((4 * common) / 5), 12);
  });

  test("amounts far below the others' lean on as much less, logarithms don't", () => {
    const amounts = scalesOf(rows([1000, 900, 1, 0], [1000, 800, 1, 0]));
    expect([...amounts].map((scale) => Number(scale.toPrecision(2)))).toEqual([1, 1, 0.0065, 1e-9]);
    expect([...scalesOf(rows([1000, -900, 1, 0]))]).toEqual([1, 1, 1, 1]);
    const changes = [Float64Array.of(500, -400, 0, 0), Float64Array.of(-300, 200, 0, 0)];
    const spread = spreadOf(changes, amounts);
    expect(spread[2]).toBeLessThan(3);
    expect(spread[0]).toBeGreaterThan(300);
  });
});
