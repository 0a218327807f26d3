import { expect, test } from "vitest";
import type { Range } from "../../../../src/regulation/range/range.ts";
import { codeOfWarning, rangeStatus } from "../../../../src/regulation/range/range-status.ts";
import { type Regulator, referenceInputs } from "../../../../src/regulation/regulator.ts";
import type { Card } from "../../../../src/regulation/trained/card.ts";
import { answersWithFallback, mismatch } from "../../../../src/regulation/trained/fallback.ts";
import { widthsOf } from "../../../../src/regulation/trained/intervals.ts";

const names = { activities: ["A"], environment: [], effectors: [], genes: ["g1", "g2"], expression: ["g1"] };
const saying = (name: string, value: number): Regulator => ({
  name,
  names,
  reference: { activity: Float64Array.of(0), environment: new Float64Array() },
  predict: (_inputs, { activityChange }) => {
    activityChange[0] = value;
  },
  dispose() {},
});
const [main, plain] = [saying("main", 1), saying("plain", 2)];

test("while out of range the fallback answers, and neither remembers the other's answers", async () => {
  let isOut = false;
  const answers = answersWithFallback(main, { name: "plain", regulator: plain }, 0.1, () => isOut);
  const inputs = referenceInputs(main);
  const said = async () => (await answers.ask(inputs)).activityChange[0];
  expect(await said()).toBe(1);
  isOut = true;
  expect(await said()).toBe(2);
  const memory = answers.snapshot();
  isOut = false;
  answers.restore(memory);
  expect(await said()).toBe(1);
  expect([answers.asked(), answers.askedFallback()]).toEqual([2, 1]);
});

test("without a fallback the regulator itself answers", async () => {
  const answers = answersWithFallback(main, undefined, 0, () => true);
  expect((await answers.ask(referenceInputs(main))).activityChange[0]).toBe(1);
});

test("the warning begins with the code and says who answers", () => {
  const range = (): Range => ({ code: "OUT", reasons: ["g2 was never deleted"] });
  const status = rangeStatus(
    { range, regulator: main, fallback: { name: "plain", regulator: plain } },
    new Map([[1, 0]]),
    names.genes,
  );
  const warning = status.ok ? (status.warning ?? "") : "";
  expect(warning).toBe("OUT: outside what 'main' was trained on: g2 was never deleted; 'plain' answers instead");
  expect(codeOfWarning(warning)).toBe("OUT");
  expect(codeOfWarning("tight bounds: OUT of room")).toBeUndefined();
});

test("regulators of other columns or another reference are told apart", () => {
  expect(mismatch(main, plain)).toBeUndefined();
  expect(mismatch(main, { ...plain, names: { ...names, genes: ["g1"] } })).toBe("genes");
  const reference = { ...plain.reference, activity: Float64Array.of(1) };
  expect(mismatch(main, { ...plain, reference })).toBe("reference");
});

test("a card's widths by variable; the wider ones are those within where it has no others", () => {
  const column = (name: string, columns: string[]) => ({ name, unit: "1", meaning: "", columns });
  const inputs = ["reference_activity", "environment", "effector", "effector_known", "perturbation"].map((name) =>
    column(name, ["x"]),
  );
  const card: Card = {
    id: "c",
    kind: "ridge",
    inputs,
    outputs: [column("activity_change", ["A", "B"]), column("log2_expression", ["g1"])],
    reference: { name: "", activity: [0, 0], environment: {} },
    seen: { samples: 0, genotypes: [] },
    intervals: {
      half_width: { "90": [1, 2] },
      half_width_out: { "90": [3, 4] },
      expression_half_width: { "90": [0.5] },
    },
  };
  const widths = widthsOf(card);
  expect(widths?.within.activity.get("B")).toBe(2);
  expect(widths?.beyond.activity.get("B")).toBe(4);
  expect(widths?.beyond.expression.get("g1")).toBe(0.5);
  expect(widthsOf({ ...card, intervals: undefined })).toBeUndefined();
});
