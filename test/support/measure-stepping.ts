import type { Cell } from "../../src/cell/cell.ts";
import { composeCell } from "../../src/cell/compose.ts";
import type { SimulateOptions } from "../../src/engine/options.ts";
import { simulate } from "../../src/engine/simulate.ts";
import { columnOf, type Trajectory } from "../../src/engine/trajectory.ts";
import type { CoupledProblem } from "./coupled-problems/problem.ts";

const SAMPLES = 8;

/** Runs a problem and measures its worst error over states and sample times, in units of 1 + |reference|. */
export async function errorOf(problem: CoupledProblem, options: Partial<SimulateOptions>) {
  const times = Array.from({ length: SAMPLES }, (_, i) => ((i + 1) * problem.t1) / SAMPLES);
  const cell = composeCell(await problem.modules());
  const trajectory = await simulate(cell, {
    t0: 0,
    t1: problem.t1,
    output: Float64Array.from(times),
    ...(problem.edits === undefined ? {} : { edits: problem.edits }),
    ...options,
  });
  dispose(cell);
  return { error: worst(trajectory, problem.states, await problem.reference(times)), trajectory };
}

function dispose(cell: Cell): void {
  for (const { module } of cell.parts) module.dispose();
}

function worst(trajectory: Trajectory, states: readonly string[], reference: readonly (readonly number[])[]): number {
  if (trajectory.status.code !== "done") throw new Error(trajectory.status.message);
  let largest = 0;
  states.forEach((id, i) => {
    const column = columnOf(trajectory, id);
    reference.forEach((values, k) => {
      const exact = values[i] ?? Number.NaN;
      largest = Math.max(largest, Math.abs((column?.[k] ?? Number.NaN) - exact) / (1 + Math.abs(exact)));
    });
  });
  return largest;
}

/** Errors with steps of one length after another, without error control. */
export async function convergence(problem: CoupledProblem, steps: readonly number[]): Promise<number[]> {
  const errors: number[] = [];
  for (const step of steps) {
    const options = { rtol: 1e9, atol: 1e9, initialStep: step, maxStep: step };
    errors.push((await errorOf(problem, options)).error);
  }
  return errors;
}

/** Slope of log error over log step by least squares. */
export function observedOrder(steps: readonly number[], errors: readonly number[]): number {
  const x = steps.map(Math.log);
  const y = errors.map(Math.log);
  const mean = (values: number[]) => values.reduce((s, v) => s + v, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const top = x.reduce((s, v, i) => s + (v - mx) * ((y[i] ?? 0) - my), 0);
  return top / x.reduce((s, v) => s + (v - mx) ** 2, 0);
}
