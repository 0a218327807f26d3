import type { Cell } from "../cell/cell.ts";
import type { SimulateOptions } from "./options.ts";
import { startRun } from "./run.ts";
import type { Trajectory } from "./trajectory.ts";

/** How long the loop may hold the thread before timers and signals are served, ms. */
const BREATH = 30;

/**
 * The time course of a cell by error-controlled macro-steps, recorded at the output times.
 *
 * A run that cannot go on keeps what was reached: `status` says `failed` or, after the signal, `interrupted`.
 * @throws CellweaveError `run/...` for options or edits that don't fit the cell
 */
export async function simulate(cell: Cell, options: SimulateOptions): Promise<Trajectory> {
  const run = await startRun(cell, options);
  let breath = performance.now();
  while (await run.step()) {
    options.onProgress?.(run.t);
    if (performance.now() - breath > BREATH) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      breath = performance.now();
    }
    if (options.signal?.aborted === true) run.interrupt(`interrupted at t = ${run.t} h`);
  }
  return run.trajectory();
}
