import type { Cell } from "../cell/cell.ts";
import { breather } from "./breath.ts";
import type { SimulateOptions } from "./options.ts";
import { startRun } from "./run.ts";
import type { Trajectory } from "./trajectory.ts";

/**
 * The time course of a cell by error-controlled macro-steps, recorded at the output times.
 *
 * A run that cannot go on keeps what was reached: `status` says `failed` or, after the signal, `interrupted`.
 * @throws CellweaveError `run/...` for options or edits that don't fit the cell
 */
export async function simulate(cell: Cell, options: SimulateOptions): Promise<Trajectory> {
  const { checkpoints, signal, onProgress } = options;
  const run = await startRun(cell, options);
  const breathe = breather();
  let saved = performance.now();
  while (await run.step()) {
    onProgress?.(run.t);
    const now = performance.now();
    if (checkpoints !== undefined && now - saved >= 1000 * checkpoints.every) {
      await checkpoints.save(run.checkpoint());
      saved = now;
    }
    await breathe();
    if (signal?.aborted === true) run.interrupt(`interrupted at t = ${run.t} h`);
  }
  await checkpoints?.save(run.checkpoint());
  return run.trajectory();
}
