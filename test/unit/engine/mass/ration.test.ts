import { describe, expect, test } from "vitest";
import { rationed } from "../../../../src/engine/mass/ration.ts";
import { algebraModule } from "../../../support/toys.ts";

const eater = () =>
  algebraModule({
    id: "eater",
    reads: ["pool:o"],
    adds: [
      { target: "pool:s", feedback: ["pool:o"] },
      { target: "pool:p", feedback: [] },
    ],
    f({ r, rates, slopes }) {
      rates.set([-2 * (r[0] ?? 0), 1]);
      slopes[0] = -2;
    },
  });

function evaluate(s: number, o: number) {
  const [module] = rationed([eater()], [{ pool: "pool:s", tiers: [["other"], ["eater"]], half: 0.5 }]);
  const width = module?.adds.reduce((sum, add) => sum + add.feedback.length, 0) ?? 0;
  const instant = {
    t: 0,
    reads: Float64Array.of(o, s),
    owned: new Float64Array(0),
    rates: new Float64Array(2),
    feedback: new Float64Array(width),
  };
  module?.evaluate(instant);
  return { module, rates: [...instant.rates], slopes: [...instant.feedback] };
}

describe("rationed", () => {
  test("scales all rates alike, and declares and fills the feedback", () => {
    const { module, rates, slopes } = evaluate(0.5, 3);
    expect(module?.reads).toEqual(["pool:o", "pool:s"]);
    expect(module?.adds.map(({ feedback }) => feedback)).toEqual([["pool:o", "pool:s"], ["pool:s"]]);
    expect(rates).toEqual([-3, 0.5]);
    expect(slopes).toEqual([-1, -3, 0.5]);
  });

  test("slopes are the derivatives of the rates", () => {
    const h = 1e-6;
    const [up, down, { slopes }] = [evaluate(0.3 + h, 3), evaluate(0.3 - h, 3), evaluate(0.3, 3)];
    const derivative = (i: number) => ((up.rates[i] ?? 0) - (down.rates[i] ?? 0)) / (2 * h);
    expect(slopes[1]).toBeCloseTo(derivative(0), 6);
    expect(slopes[2]).toBeCloseTo(derivative(1), 6);
  });

  test("nothing is taken from an empty pool; who is not named is left alone", () => {
    expect(evaluate(0, 3).rates.map(Math.abs)).toEqual([0, 0]);
    const module = eater();
    expect(rationed([module], [{ pool: "pool:s", tiers: [["other"]], half: 1 }])).toEqual([module]);
  });
});
