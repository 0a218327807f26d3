import { describe, expect, test } from "vitest";
import { composeCell } from "../../src/cell/compose.ts";
import type { SimulateOptions } from "../../src/engine/options.ts";
import { startRun } from "../../src/engine/run.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { lasting } from "../support/busy-cell.ts";
import { wholeCell } from "../support/coupled-problems.ts";
import { odeModule, state } from "../support/toys.ts";

const grid = (n: number) => Float64Array.from({ length: n }, (_, i) => (i / (n - 1)) * wholeCell.t1);
const options: SimulateOptions = { t0: 0, t1: wholeCell.t1, output: grid(11), rtol: 1e-4, atol: 1e-6 };
const cellOf = async (order: (n: number) => number[] = (n) => [...Array(n).keys()]) => {
  const modules = await wholeCell.modules();
  return composeCell(order(modules.length).flatMap((k) => modules[k] ?? []));
};

describe("flux balance, a pathway, a learned regulator and a medium", () => {
  test("11 or 10,001 output points: bit-equal at shared times", async () => {
    const coarse = await simulate(await cellOf(), options);
    const fine = await simulate(await cellOf(), { ...options, output: grid(10_001) });
    expect(fine.statistics.steps).toBe(coarse.statistics.steps);
    expect(fine.depletions).toEqual(coarse.depletions);
    expect(fine.kinks).toEqual(coarse.kinks);
    coarse.columns.forEach((column, i) => {
      const every = Float64Array.from(column, (_, k) => fine.columns[i]?.[1000 * k] ?? Number.NaN);
      expect(every).toEqual(column);
    });
  });

  test("modules composed in any order: bit-equal", async () => {
    const straight = lasting(await simulate(await cellOf(), options));
    const orders = [
      (n: number) => [...Array(n).keys()].reverse(),
      (n: number) => [...Array(n).keys()].map((k) => (k + 2) % n),
    ];
    for (const order of orders) expect(lasting(await simulate(await cellOf(order), options))).toEqual(straight);
  });

  test("one step at a time, each in a cell composed anew, or all at once: bit-equal", async () => {
    const straight = lasting(await simulate(await cellOf(), options));
    let run = await startRun(await cellOf(), options);
    while (await run.step()) run = await startRun(await cellOf(), { ...options, resume: run.checkpoint() });
    expect(lasting(run.trajectory())).toEqual(straight);
  });
});

describe("A' = 1", () => {
  test.each([1, 0.3, 0.07])("ends at exactly T where T is no multiple of %g h", async (step) => {
    const T = Math.E;
    const clock = odeModule({ id: "clock", owns: [state("A", 0)], f: (_t, _x, _r, dx) => dx.fill(1) });
    const at = { t0: 0, t1: T, output: Float64Array.of(T), initialStep: step, maxStep: step };
    const trajectory = await simulate(composeCell([clock]), at);
    expect(trajectory.status).toEqual({ code: "done", t: T });
    expect(Math.abs((trajectory.columns[0]?.[0] ?? 0) - T)).toBeLessThan(1e-13);
  });
});
