import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { seededRandom } from "../../../../src/numerics/seeded-random.ts";
import { createOutputs, referenceInputs } from "../../../../src/regulation/regulator.ts";
import { parseRidge, ridgeRegulator } from "../../../../src/regulation/trained/ridge.ts";

const text = readFileSync(new URL("../../../../models/ecoli/ridge.json", import.meta.url), "utf8");
const model = parseRidge(text, "ridge.json");

test("the ridge computes the formula its file states", () => {
  const { weights } = model;
  const regulator = ridgeRegulator(model);
  const inputs = referenceInputs(regulator);
  const random = seededRandom(4);
  for (const values of [inputs.referenceActivity, inputs.environment, inputs.perturbation])
    for (let i = 0; i < values.length; i++) values[i] = random.normal();
  for (let i = 0; i < inputs.effector.length; i++) {
    inputs.effector[i] = 8 * random.normal();
    inputs.effectorKnown[i] = i % 2;
  }
  const outputs = createOutputs(regulator);
  regulator.predict(inputs, outputs);

  const column = (rows: readonly (readonly [number, readonly number[]])[], x: Float64Array, i: number): number =>
    rows.reduce((sum, [row, values]) => sum + (x[row] ?? 0) * (values[i] ?? 0), 0);
  const level = inputs.effector.map((e, i) => Math.min(6, Math.max(-6, e)) * (inputs.effectorKnown[i] ?? 0));
  const any = Math.min(
    1,
    inputs.perturbation.reduce((sum, p) => sum + Math.abs(p), 0),
  );
  const change = outputs.activityChange.map((_, i) => {
    const own = weights.own.reduce((sum, [gene, j]) => sum + (j === i ? (inputs.perturbation[gene] ?? 0) : 0), 0);
    const reference = inputs.referenceActivity[i] ?? 0;
    return (
      column(weights.W_environment, inputs.environment, i) +
      column(weights.W_effector, level, i) +
      column(weights.W_perturbation, inputs.perturbation, i) +
      Math.min(4, Math.max(-1, own)) * (weights.own_offset + weights.own_slope * reference) +
      any * weights.any_slope * reference
    );
  });
  change.forEach((value, i) => {
    expect(outputs.activityChange[i]).toBeCloseTo(value, 9);
  });
  outputs.log2Expression.forEach((value, g) => {
    expect(value).toBeCloseTo(column(weights.gene_weights, change, g), 9);
  });
});

test("weights that point beyond the columns are refused", () => {
  const broken = (change: (weights: typeof model.weights) => void): string => {
    const data = JSON.parse(text);
    change(data.weights);
    try {
      parseRidge(JSON.stringify(data), "ridge.json");
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  expect(broken((w) => w.own.push([9999, 0]))).toMatch(/own names \[9999, 0\], which is no gene or no activity/);
  expect(broken((w) => w.W_environment.push([500, []]))).toMatch(/W_environment has row 500 of \d+ inputs/);
  expect(broken((w) => Reflect.deleteProperty(w, "own_slope"))).toMatch(/has no ridge weights/);
});
