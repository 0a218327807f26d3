import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/numerics/seeded-random.ts";
import type { LeftOut } from "../../../src/regulation/in-context/leave-one-out.ts";
import type { Predictor } from "../../../src/regulation/in-context/predictors.ts";
import { leftOutBeyond, selected } from "../../../src/regulation/in-context/selection.ts";
import { stackOf } from "../../../src/regulation/in-context/stack.ts";

const predictors: readonly Predictor[] = ["nothing", "plain", "reader"].map((name) => ({
  name,
  learned: name === "reader",
  predict: async () => [],
}));

/** Sets of interventions on ten variables whose change is `plain` and `learned` times what those two say, and noise. */
function table(sets: number, plain: number, learned: number, noise: number): LeftOut[] {
  const random = seededRandom(4);
  const draw = () => Float64Array.from({ length: 10 }, () => random.normal());
  const spread = new Float64Array(10).fill(1);
  return Array.from({ length: sets }, (_, i): LeftOut => {
    const [a, b] = [draw(), draw()];
    const measured = a.map((value, v) => plain * value + learned * (b[v] ?? 0) + noise * random.normal());
    const condition = {
      project: "",
      interventions: [{ kind: "knockout", target: `g${i}`, amount: 1 } as const],
      values: measured,
      replicates: 1,
    };
    return {
      condition,
      code: "EDGE",
      measured,
      said: [new Float64Array(10), a, b].map((change) => ({ change, spread })),
    };
  });
}

test("what to expect of a question beyond the experiments is told by two such sets at least", () => {
  const all = table(4, 1, 0, 0).map((entry, i): LeftOut => ({ ...entry, code: i < 2 ? "OUT" : "IN" }));
  expect(leftOutBeyond(all)).toEqual(all.slice(0, 2));
  expect(leftOutBeyond(all.slice(1))).toEqual([]);
});

describe("a stack of predictors", () => {
  test("of hardly any experiments is most of what the reader says, of many what the experiments say", () => {
    const few = stackOf(table(1, 0.8, 0.2, 0), predictors).weights;
    const many = stackOf(table(400, 0.8, 0.2, 0.1), predictors).weights;
    expect(few[2]).toBeGreaterThan(0.55);
    expect(few[1]).toBeLessThan(0.35);
    expect(many[1]).toBeCloseTo(0.8, 1);
    expect(many[2]).toBeCloseTo(0.2, 1);
  });

  test("a set measured in four projects counts as two measured once, and less than four sets", () => {
    const again = table(3, 1, 0, 0).flatMap((entry) =>
      [0, 1, 2, 3].map((p) => ({ ...entry, condition: { ...entry.condition, project: `p${p}` } })),
    );
    const plainOf = (leftOut: LeftOut[]): number => stackOf(leftOut, predictors).weights[1] ?? 0;
    const [once, several] = [plainOf(table(3, 1, 0, 0)), plainOf(again)];
    expect(several).toBeGreaterThan(once + 0.05);
    expect(several).toBeLessThan(1);
  });

  test("where little can be foretold, dozens of experiments still count more than the prior", () => {
    const { weights } = stackOf(table(40, 0.5, 0, 1), predictors);
    expect(weights[1]).toBeGreaterThan(0.4);
    expect(weights[2]).toBeLessThan(0.15);
  });

  test("weighs nothing against its direction, and each set by the others alone", () => {
    const against = stackOf(table(50, -1, 0, 0.1), predictors);
    expect(against.weights[1]).toBe(0);
    const one = table(2, 1, 0, 0);
    const { leftOut } = stackOf(one, predictors);
    const alone = stackOf(one.slice(1), predictors).weights;
    const [, plain, reader] = one[0]?.said ?? [];
    expect(leftOut[0]?.said[3]?.change[0]).toBeCloseTo(
      (alone[1] ?? 0) * (plain?.change[0] ?? 0) + (alone[2] ?? 0) * (reader?.change[0] ?? 0),
      1,
    );
  });
});

describe("which predictor answers", () => {
  test("the preferred one, unless another is better beyond doubt", () => {
    expect(selected(table(30, 1, 0, 0.1), [0, 1, 2], 2)).toBe(1);
    expect(selected(table(30, 0.5, 0.45, 2), [0, 1, 2], 2)).toBe(2);
    expect(selected(table(1, 1, 0, 0.1), [0, 1, 2], 2)).toBe(2);
  });
});
