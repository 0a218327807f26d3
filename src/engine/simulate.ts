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
  const { checkpoints, signal, onProgress } = options;
  const run = await startRun(cell, options);
  let breath = performance.now();
  let saved = breath;
  while (await run.step()) {
    onProgress?.(run.t);
    const now = performance.now();
    if (checkpoints !== undefined && now - saved >= 1000 * checkpoints.every) {
      await checkpoints.save(run.checkpoint());
      saved = now;
    }
    if (now - breath > BREATH) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      breath = performance.now();
    }
    if (signal?.aborted === true) run.interrupt(`interrupted at t = ${run.t} h`);
  }
  await checkpoints?.save(run.checkpoint());
  return run.trajectory();
}
