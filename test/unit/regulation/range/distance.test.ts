import { expect, test } from "vitest";
import { parseConditions } from "../../../../src/regulation/range/conditions.ts";
import { trainingDistance } from "../../../../src/regulation/range/distance.ts";
import { rangeStatus } from "../../../../src/regulation/range/range-status.ts";
import { type Regulator, referenceInputs } from "../../../../src/regulation/regulator.ts";

const names = { activities: ["A", "B"], environment: ["oxygen"], effectors: ["camp"], genes: [], expression: [] };
const regulator: Regulator = {
  name: "r",
  names,
  reference: { activity: Float64Array.of(0, 10), environment: Float64Array.of(1) },
  predict() {},
  dispose() {},
};
const file = {
  id: "c",
  kind: "conditions",
  activities: names.activities,
  environment: names.environment,
  effectors: names.effectors,
  scale: [1, 10],
  // in standard deviations (0, 1) and (1, 2)
  states: [
    [0, 10],
    [10, 20],
  ],
  questions: [
    { environment: [], effectors: [[0, 0]] },
    { environment: [[0, -1]], effectors: null },
    { environment: [[0, -1]], effectors: [[0, 2]] },
  ],
  nearest: { state: [0.5, 1], question: [0.5, 0.5], environment: [0.25, 0.25] },
};
const parsed = (data: object) => parseConditions(JSON.stringify(data), names, "conditions.json");
const distance = trainingDistance(parsed(file));

function asked({ oxygen = 0, camp }: { oxygen?: number; camp?: number } = {}) {
  const inputs = referenceInputs(regulator);
  inputs.environment[0] = oxygen;
  if (camp !== undefined) {
    inputs.effector[0] = camp;
    inputs.effectorKnown[0] = 1;
  }
  return inputs;
}

test("a training condition is at distance 0, and the nearest one counts in standard deviations", () => {
  expect(distance.at(asked(), Float64Array.of(0, 0))).toBe(0);
  expect(distance.at(asked(), Float64Array.of(1, 10))).toBe(0);
  // (0.3, 1) lies 0.3 from the first in one of two activities: sqrt(0.09 / 2) / 0.5
  expect(distance.at(asked(), Float64Array.of(0.3, 0))).toBeCloseTo(Math.sqrt(0.045) / 0.5, 12);
});

test("medium and effectors are looked up together where effectors are known, the medium alone where they aren't", () => {
  expect(distance.at(asked({ oxygen: -1 }), new Float64Array(2))).toBe(0);
  expect(distance.at(asked({ oxygen: -0.9 }), new Float64Array(2))).toBeCloseTo(0.1 / 0.25, 12);
  expect(distance.at(asked({ oxygen: -1, camp: 6 }), new Float64Array(2))).toBe(0);
  // 3 in log2 is 1; the nearest is the reference with its 0
  expect(distance.at(asked({ camp: 3 }), new Float64Array(2))).toBeCloseTo(2, 12);
  // an effector's level counts up to 6
  expect(distance.at(asked({ oxygen: -1, camp: 60 }), new Float64Array(2))).toBe(0);
});

test("beyond 1 is the edge, beyond the farthest condition is out; the warning says that the regulator goes on", () => {
  expect([0.9, 1.1, 2.1].map((d) => distance.range(d).code)).toEqual(["IN", "EDGE", "OUT"]);
  const options = { regulator, distance, fallback: { name: "plain", regulator } };
  const said = (apart: number) => rangeStatus(options, new Map(), [], apart);
  expect(said(0.9)).toEqual({ ok: true });
  expect(said(1.1)).toMatchObject({ warning: expect.stringMatching(/^EDGE: .*farther from every training condition/) });
  expect(said(2.1)).not.toMatchObject({ warning: expect.stringContaining("answers instead") });
});

test("conditions of other columns are refused by name", () => {
  expect(() => parsed({ ...file, effectors: ["fbp"] })).toThrow("its effectors are not the regulator's");
  expect(() => parsed({ ...file, states: [[1]] })).toThrow("must have 2 activities each");
  expect(() => parsed({ ...file, kind: "ridge" })).toThrow("no training conditions");
});
