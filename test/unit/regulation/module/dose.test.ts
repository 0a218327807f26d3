import { describe, expect, test } from "vitest";
import { doses } from "../../../../src/regulation/module/dose.ts";

const knockout = (gene: string, genotype = false) => ({ kind: "gene", gene, level: 0, genotype }) as const;
const tokens = (dose: ReturnType<typeof doses>, t: number) => {
  const out = new Float64Array(2);
  dose.fill(t, out);
  return [...out];
};

describe("what a gene edit leaves of the product", () => {
  test("an acute knockout fades by dilution", () => {
    const dose = doses(["b1", "b2"]);
    dose.apply([knockout("b2")]);
    expect(tokens(dose, 0)).toEqual([0, 0]);
    dose.advance({ t0: 0, t1: 2, k0: 0.5, k1: 1 });
    expect(tokens(dose, 2)[1]).toBeCloseTo(Math.exp(-1.5) - 1, 14);
    expect(tokens(dose, 1)[1]).toBeCloseTo(Math.exp(-0.625) - 1, 14);
    expect(dose.production(1)).toBe(0);
  });

  test("the strain's genotype has no product left over", () => {
    const dose = doses(["b1", "b2"]);
    dose.apply([knockout("b1", true)]);
    expect(tokens(dose, 0)).toEqual([-1, 0]);
  });

  test("after the edit ends, the product comes back", () => {
    const dose = doses(["b1", "b2"]);
    dose.apply([knockout("b1", true)]);
    dose.apply([]);
    dose.advance({ t0: 0, t1: 1, k0: 1, k1: 1 });
    expect(tokens(dose, 1)[0]).toBeCloseTo(-Math.exp(-1), 14);
  });

  test("edits of one gene multiply, and overexpression is above 1", () => {
    const dose = doses(["b1", "b2"]);
    dose.apply([
      { kind: "gene", gene: "b1", level: 5, genotype: true },
      { kind: "gene", gene: "b1", level: 0.5, genotype: true },
    ]);
    expect(tokens(dose, 0)).toEqual([1.5, 0]);
  });

  test("a strain's genotype leaves alone what a later edit of the same gene has built up", () => {
    const dose = doses(["b1", "b2"]);
    const [half, more] = [0.5, 4].map((level, i) => ({ kind: "gene", gene: "b1", level, genotype: i === 0 }) as const);
    if (half === undefined || more === undefined) throw new Error("two edits were expected");
    dose.apply([more, half]);
    expect(tokens(dose, 0)[0]).toBe(-0.5);
    dose.advance({ t0: 0, t1: 1, k0: 1, k1: 1 });
    const built = 2 - 1.5 * Math.exp(-1);
    dose.apply([more, half, knockout("b2")]);
    expect(tokens(dose, 1)[0]).toBeCloseTo(built - 1, 14);
  });

  test("a snapshot brings back levels", () => {
    const dose = doses(["b1", "b2"]);
    dose.apply([knockout("b1")]);
    dose.advance({ t0: 0, t1: 1, k0: 1, k1: 1 });
    const snapshot = JSON.parse(JSON.stringify(dose.snapshot()));
    dose.advance({ t0: 1, t1: 5, k0: 1, k1: 1 });
    dose.restore(snapshot);
    expect(tokens(dose, 1)[0]).toBeCloseTo(Math.exp(-1) - 1, 14);
  });
});
