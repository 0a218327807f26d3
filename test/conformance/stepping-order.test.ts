import { describe, expect, test } from "vitest";
import * as problems from "../support/coupled-problems.ts";
import { convergence, errorOf, observedOrder } from "../support/measure-stepping.ts";

const STEPS = [0.1, 0.05, 0.025, 0.0125];
const smooth = [
  problems.predatorPrey,
  problems.thermostat,
  problems.learnedLoop,
  problems.respiring,
  problems.wholeCell,
];
const kinked = [problems.overflowing, problems.triggered, problems.windowed];

describe("observed order, steps of fixed length", () => {
  test.each(smooth)("smooth: $name", async (problem) => {
    expect(observedOrder(STEPS, await convergence(problem, STEPS))).toBeGreaterThanOrEqual(1.9);
  });

  test.each(kinked)("with a located kink: $name", async (problem) => {
    expect(observedOrder(STEPS, await convergence(problem, STEPS))).toBeGreaterThanOrEqual(1.9);
  });
});

describe("achieved error is within three times the tolerance", () => {
  const tolerances = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];
  test.each([...smooth, ...kinked])("$name", async (problem) => {
    for (const tolerance of tolerances) {
      const { error } = await errorOf(problem, { rtol: tolerance, atol: tolerance });
      expect(error).toBeLessThanOrEqual(3 * tolerance);
    }
  });
});
