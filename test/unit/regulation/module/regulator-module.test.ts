import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { composeCell } from "../../../../src/cell/compose.ts";
import type { TimedEdit } from "../../../../src/cell/edit.ts";
import { simulate } from "../../../../src/engine/simulate.ts";
import { columnOf } from "../../../../src/engine/trajectory.ts";
import { CellweaveError } from "../../../../src/errors.ts";
import { type RegulatorModuleOptions, regulatorModule } from "../../../../src/regulation/module/regulator-module.ts";
import type { Regulator } from "../../../../src/regulation/regulator.ts";
import { openRegulator } from "../../../../src/regulation/trained/open-node.ts";
import { describeModule } from "../../../support/describe-module.ts";

const TINY = fileURLToPath(new URL("../../../support/tiny-regulator/", import.meta.url));
const RIDGE = fileURLToPath(new URL("../../../../models/ecoli/ridge.json", import.meta.url));

const sources = {
  growth: "flux:growth",
  effectors: [{ effector: "camp", variable: "species:cAMP", reference: 0.02 }],
  environment: { preference: [{ feature: "carbon:glucose", pool: "pool:glc__D_e", half: 0.1 }] },
};

describeModule("a regulator module with ONNX", async () => ({
  module: regulatorModule({ id: "regulator", regulator: (await openRegulator(TINY)).regulator, ...sources }),
  reads0: [0.8, 0.02, 10],
  reads1: [0.3, 0.05, 0.2],
  t0: 1,
  t1: 1.4,
  rates: [{ target: 1, rate0: -0.1, rate1: -0.3 }],
  tolerance: 1e-10,
}));

describeModule("a regulator module with ridge", async () => ({
  module: regulatorModule({
    id: "regulator",
    regulator: (await openRegulator(RIDGE)).regulator,
    growth: "flux:growth",
  }),
  reads0: [0.8],
  reads1: [0.3],
  t0: 0,
  t1: 0.5,
  tolerance: 1e-10,
}));

/** Counts questions; log2 expression of gene b1 is 1 for each unit of b2's loss. */
function counting(): { regulator: Regulator; asked: () => number } {
  let count = 0;
  const regulator: Regulator = {
    name: "counting",
    names: { activities: ["A"], environment: [], effectors: [], genes: ["b1", "b2"], expression: ["b1"] },
    reference: { activity: Float64Array.of(3), environment: new Float64Array(0) },
    geneWeights: Float64Array.of(0.5),
    predict({ perturbation }, { activityChange, log2Expression }) {
      count++;
      activityChange[0] = -2 * (perturbation[1] ?? 0);
      log2Expression[0] = -(perturbation[1] ?? 0);
    },
    dispose() {},
  };
  return { regulator, asked: () => count };
}

const run = (options: Omit<RegulatorModuleOptions, "id">, edits: readonly TimedEdit[], t1 = 10) => {
  const cell = composeCell([regulatorModule({ id: "regulator", ...options })]);
  return simulate(cell, { t0: 0, t1, output: Float64Array.of(0, t1 / 2, t1), edits, rtol: 1e-6 });
};
const gene = (name: string, level: number, genotype = false): TimedEdit => ({
  edit: { kind: "gene", gene: name, level, genotype },
  from: 0,
  to: 100,
});

describe("the regulator in a cell", () => {
  test("an acute knockout of a gene lets its product decay, and does not make it vanish", async () => {
    const trajectory = await run({ regulator: counting().regulator, degradation: 0.7 }, [gene("b1", 0)]);
    const x = columnOf(trajectory, "expression:b1");
    expect(x?.[0]).toBe(1);
    expect(x?.[1]).toBeCloseTo(Math.exp(-3.5), 8);
    expect(x?.[2]).toBeCloseTo(Math.exp(-7), 8);
  });

  test("what a regulator leaves follows its protein, not its gene", async () => {
    const k = 0.5;
    const trajectory = await run({ regulator: counting().regulator, degradation: k }, [gene("b2", 0)], 4);
    // token = exp(-k t) - 1, so F = 2^(1 - exp(-k t)) and the activity is 3 + 2 (1 - exp(-k t))
    const activity = columnOf(trajectory, "activity:A");
    expect(activity?.[0]).toBe(3);
    expect(activity?.[2]).toBeCloseTo(3 + 2 * (1 - Math.exp(-k * 4)), 12);
    let x = 1;
    const steps = 20_000;
    const slope = (t: number, y: number) => k * (2 ** (1 - Math.exp(-k * t)) - y);
    for (let n = 0; n < steps; n++) {
      const h = 4 / steps;
      const t = n * h;
      x += h * slope(t + h / 2, x + (h / 2) * slope(t, x));
    }
    expect(columnOf(trajectory, "expression:b1")?.[2]).toBeCloseTo(x, 5);
  });

  test("a genotype has the token at once; overexpression raises production", async () => {
    const genotype = await run({ regulator: counting().regulator, degradation: 1 }, [gene("b2", 0, true)], 40);
    expect(columnOf(genotype, "activity:A")?.[0]).toBe(5);
    expect(columnOf(genotype, "expression:b1")?.[2]).toBeCloseTo(2, 8);
    const over = await run({ regulator: counting().regulator, degradation: 1 }, [gene("b1", 4)], 40);
    expect(columnOf(over, "expression:b1")?.[2]).toBeCloseTo(4, 8);
  });

  test("held, the prediction stays at its reference while gene edits still count", async () => {
    const { regulator, asked } = counting();
    const trajectory = await run({ regulator, degradation: 1, hold: true }, [gene("b2", 0, true), gene("b1", 0.5)], 40);
    expect(columnOf(trajectory, "activity:A")?.[2]).toBe(3);
    expect(columnOf(trajectory, "expression:b1")?.[2]).toBeCloseTo(0.5, 8);
    expect(asked()).toBe(0);
  });

  test("a clamped activity carries the expression with it", async () => {
    const clamp: TimedEdit = { edit: { kind: "clamp", variable: "activity:A", value: 5 }, from: 0, to: 100 };
    const trajectory = await run({ regulator: counting().regulator, degradation: 1 }, [clamp], 40);
    expect(columnOf(trajectory, "activity:A")?.[2]).toBe(5);
    expect(columnOf(trajectory, "expression:b1")?.[2]).toBeCloseTo(2, 8);
  });

  test("equal inputs are asked once", async () => {
    const { regulator, asked } = counting();
    await run({ regulator, degradation: 1 }, []);
    expect(asked()).toBe(1);
  });

  test("a regulator that can't answer is a failed run that says why", async () => {
    const { regulator } = counting();
    const silent: Regulator = {
      ...regulator,
      async predict() {
        throw new CellweaveError("onnx/run", "the session is closed", { kind: "solver" });
      },
    };
    const { status } = await run({ regulator: silent }, []);
    expect(status).toMatchObject({ code: "failed", message: expect.stringContaining("the session is closed") });
  });

  test("a regulator that gives no number is a failed run that names it", async () => {
    const { regulator } = counting();
    const broken: Regulator = {
      ...regulator,
      predict(_inputs, { log2Expression }) {
        log2Expression.fill(Number.NaN);
      },
    };
    const { status } = await run({ regulator: broken, degradation: 1 }, []);
    expect(status.code).toBe("failed");
    expect(status.message).toMatch(/regulator 'counting' gave no finite number for expression of 'b1'/);
  });
});
