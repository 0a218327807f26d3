import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { composeCell } from "../../../src/cell/compose.ts";
import type { Checkpoint } from "../../../src/engine/checkpoint/checkpoint-data.ts";
import { simulate } from "../../../src/engine/simulate.ts";
import { experimentsRegulator } from "../../../src/regulation/in-context/experiments-regulator.ts";
import { openReader } from "../../../src/regulation/in-context/open-node.ts";
import { allPredictors, PLAIN_PREDICTORS } from "../../../src/regulation/in-context/predictors.ts";
import { edgesOnTable } from "../../../src/regulation/in-context/signed-edges.ts";
import { regulatorModule } from "../../../src/regulation/module/regulator-module.ts";
import { createOutputs, referenceInputs } from "../../../src/regulation/regulator.ts";
import { parseExperiments } from "../../../src/scenario/experiments/read-table.ts";
import { describeModule } from "../../support/describe-module.ts";

const reader = await openReader(fileURLToPath(new URL("../../../models/reader", import.meta.url)));

/** A to E lost one at a time: each halves the next; A raises E. */
const TABLE = `experiment,knockout,A,B,C,D,E
wt,,4,4,4,4,4
a,A,0,2,4,4,8
b,B,4,0,2,4,4
c,C,4,4,0,2,4
d,D,4,4,4,0,2
e,E,4,4,4,4,0
`;
const experiments = parseExperiments(TABLE, "table.csv");
const edges = edgesOnTable(
  [
    { source: "A", target: "B", sign: 1 },
    { source: "R", target: "C", sign: 1 },
  ],
  experiments.variables,
);
const shared = { experiments, edges, source: "table.csv" };
const additive = () =>
  experimentsRegulator({ ...shared, predictors: PLAIN_PREDICTORS, predictor: "known effects added up" });
const learned = () => experimentsRegulator({ ...shared, predictors: allPredictors(reader), predictor: reader.name });

describeModule("a regulator from experiments", () => ({
  module: regulatorModule({
    id: "regulator",
    regulator: learned().regulator,
    degradation: 0.5,
    effectors: [{ effector: "B", variable: "species:B", reference: 2 }],
  }),
  reads0: [2],
  reads1: [1.4],
  t0: 0,
  t1: 0.4,
  tolerance: 1e-8,
}));

/** log2 levels of A to E, with genes at levels and variables held by mechanism. */
async function asked(
  { regulator }: ReturnType<typeof additive>,
  levels: Readonly<Record<string, number>>,
  held: Readonly<Record<string, number>> = {},
) {
  const inputs = referenceInputs(regulator);
  for (const [gene, level] of Object.entries(levels))
    inputs.perturbation[regulator.names.genes.indexOf(gene)] = level - 1;
  for (const [effector, log2] of Object.entries(held)) {
    inputs.effector[regulator.names.effectors.indexOf(effector)] = log2;
    inputs.effectorKnown[regulator.names.effectors.indexOf(effector)] = 1;
  }
  const outputs = createOutputs(regulator);
  await regulator.predict(inputs, outputs);
  return [...outputs.log2Expression];
}

describe("what a regulator from experiments answers", () => {
  test("nothing done, nothing changes; a seen knockout is what was measured", async () => {
    expect(await asked(additive(), {})).toEqual([0, 0, 0, 0, 0]);
    const [, b, c, d, e] = await asked(additive(), { A: 0 });
    expect([b, c, d, e]).toEqual([-1, 0, 0, 1].map((log2) => expect.closeTo(log2, 12)));
  });

  test("half a loss is half the change, a hundredth a hundredth of it", async () => {
    const share = async (level: number) => 2 ** ((await asked(additive(), { A: level }))[1] ?? 0);
    expect(await share(0.5)).toBeCloseTo(0.75, 12);
    expect(await share(0.99)).toBeCloseTo(0.995, 12);
    expect(await share(1 - 1e-9)).toBeCloseTo(1, 8);
  });

  test("with what mechanism holds at its reference nothing changes, whichever predictor answers", async () => {
    // The reader computes in float32.
    for (const log2 of await asked(learned(), {}, { A: 0, C: 0 })) expect(log2).toBeCloseTo(0, 5);
    const moved = await asked(learned(), {}, { A: -3 });
    expect(Math.abs(moved[1] ?? 0)).toBeGreaterThan(1e-3);
  });

  test("a regulator beside the table has its range and its genes; an inhibitor is a feature of the environment", () => {
    const { regulator, range } = additive();
    expect(regulator.names.genes).toEqual(["A", "B", "C", "D", "E", "R"]);
    expect(regulator.names.environment).toEqual(regulator.names.genes);
    expect(range([{ gene: "A", level: 0 }]).code).toBe("IN");
    expect(range([{ gene: "R", level: 0 }])).toEqual({ code: "EDGE", reasons: ["R was never perturbed"] });
  });

  test("an inhibitor in the medium cuts what its target does, by its share, and leaves the target free", async () => {
    const { regulator } = learned();
    const inhibited = async (share: number) => {
      const inputs = referenceInputs(regulator);
      inputs.environment[regulator.names.environment.indexOf("A")] = share;
      const outputs = createOutputs(regulator);
      await regulator.predict(inputs, outputs);
      return [...outputs.log2Expression];
    };
    expect(await inhibited(0)).toEqual([0, 0, 0, 0, 0]);
    const [half, whole] = [await inhibited(0.25), await inhibited(1)];
    const loss = ([, b = 0]: number[]) => 1 - 2 ** b;
    expect(Math.abs(loss(whole))).toBeGreaterThan(0.01);
    expect(Math.abs(loss(half))).toBeLessThan(Math.abs(loss(whole)));
    expect(whole[0]).toBeGreaterThan(-5);
  });

  test("where controls read nothing, and for a predictor that isn't there, it says what to do", async () => {
    const none = parseExperiments(TABLE.replace("wt,,4", "wt,,0"), "table.csv");
    const without = { ...shared, experiments: none, predictors: PLAIN_PREDICTORS };
    expect(() => experimentsRegulator(without)).toThrow("A: 0 in the controls of 'table.csv'");
    const left = experimentsRegulator({ ...without, variables: ["B"] });
    expect(left.regulator.names.expression).toEqual(["B"]);
    expect(() => experimentsRegulator({ ...shared, predictors: PLAIN_PREDICTORS, predictor: "ridge" })).toThrow(
      "there is no predictor 'ridge'",
    );
  });
});

test("a run resumed from any checkpoint, with the table encoded anew, is the straight run to the bit", async () => {
  const cell = () =>
    composeCell([
      regulatorModule({ id: "regulator", regulator: learned().regulator, degradation: 0.7, tolerance: 0.002 }),
    ]);
  const knockout = { edit: { kind: "gene", gene: "A", level: 0, genotype: false }, from: 1, to: 9 } as const;
  const options = { t0: 0, t1: 4, output: Float64Array.of(0, 2, 4), edits: [knockout], rtol: 1e-4 };
  const kept: Checkpoint[] = [];
  const straight = await simulate(cell(), {
    ...options,
    checkpoints: {
      every: 0,
      save: (checkpoint) => {
        kept.push(structuredClone(checkpoint));
      },
    },
  });
  expect(straight.status.code).toBe("done");
  expect(kept.length).toBeGreaterThan(3);
  for (const checkpoint of [kept[1], kept.at(-2)]) {
    const resumed = await simulate(cell(), { ...options, resume: checkpoint as Checkpoint });
    expect(resumed.columns).toEqual(straight.columns);
  }
});
