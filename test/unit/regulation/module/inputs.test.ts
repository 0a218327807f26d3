import { describe, expect, test } from "vitest";
import { effectorReader } from "../../../../src/regulation/module/effectors.ts";
import { environmentReader } from "../../../../src/regulation/module/environment.ts";

describe("effectors from cell variables", () => {
  const reader = effectorReader(
    [{ effector: "fbp", variable: "species:FBP", reference: 4, floor: 0 }],
    ["camp", "fbp", "pyr"],
  );

  test("log2 relative to the reference; what has no source is masked", () => {
    const out = new Float64Array(3).fill(9);
    reader.fill(Float64Array.of(16), out);
    expect([...out]).toEqual([0, 2, 0]);
    expect([...reader.known]).toEqual([0, 1, 0]);
  });

  test("zero gives a finite level by the floor, the reference gives exactly 0", () => {
    const floored = effectorReader([{ effector: "camp", variable: "species:cAMP", reference: 0.256 }], ["camp"]);
    const out = new Float64Array(1);
    floored.fill(Float64Array.of(0), out);
    expect(out[0]).toBeCloseTo(-Math.log2(257), 12);
    floored.fill(Float64Array.of(0.256), out);
    expect(out[0]).toBe(0);
  });

  test("unknown names, two sources and a reference of zero are refused", () => {
    const read = (...sources: Parameters<typeof effectorReader>[0]) => effectorReader(sources, ["camp", "fbp"]);
    const source = { effector: "camp", variable: "species:cAMP", reference: 1 };
    expect(() => read({ ...source, effector: "campp" })).toThrow("the regulator has no effector 'campp'");
    expect(() => read(source, source)).toThrow("effector 'camp' has two variables");
    expect(() => read({ ...source, reference: 0 })).toThrow("effector 'camp': reference 0 is not positive");
  });
});

describe("environment from pools", () => {
  const names = ["carbon:glucose", "carbon:acetate", "oxygen", "ph"];
  const reference = Float64Array.of(1, 0, 1, 0.5);
  const reader = environmentReader(
    {
      preference: [
        { feature: "carbon:glucose", pool: "pool:glc__D_e", half: 0.1 },
        { feature: "carbon:acetate", pool: "pool:ac_e", half: 0.5 },
      ],
      features: [{ feature: "oxygen", pool: "pool:o2_e", half: 0.01, exponent: 2 }],
    },
    names,
    reference,
  );
  const fill = (...values: number[]) => {
    const out = new Float64Array(4).fill(7);
    reader.fill(Float64Array.from(values), out);
    return [...out];
  };

  test("the preferred source hides the next until it is gone", () => {
    expect(reader.variables).toEqual(["pool:glc__D_e", "pool:ac_e", "pool:o2_e"]);
    const [glucose, acetate] = fill(0.3, 0.5, 1);
    expect(glucose).toBeCloseTo(0.75 - 1, 14);
    expect(acetate).toBeCloseTo(0.25 * 0.5, 14);
    const exhausted = fill(0, 2, 1);
    expect(exhausted[0]).toBe(-1);
    expect(exhausted[1]).toBeCloseTo(0.8, 14);
  });

  test("oxygen saturates by its exponent; features without a pool stay at the reference", () => {
    const [, , oxygen, ph] = fill(1, 0, 0.02);
    expect(oxygen).toBeCloseTo(0.8 - 1, 14);
    expect(ph).toBe(0);
    expect(fill(1, 0, -1e-12)[2]).toBe(-1);
  });

  test("an unknown feature is refused with its neighbours", () => {
    const wrong = { preference: [{ feature: "carbon:glucos", pool: "pool:x", half: 1 }] };
    expect(() => environmentReader(wrong, names, reference)).toThrow("no environment feature 'carbon:glucos'");
    const twice = { features: [0, 1].map((i) => ({ feature: "oxygen", pool: `pool:${i}`, half: 1 })) };
    expect(() => environmentReader(twice, names, reference)).toThrow("environment feature 'oxygen' has two pools");
  });
});
