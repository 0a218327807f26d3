import type { Cell } from "../cell/cell.ts";
import type { Edit } from "../cell/edit.ts";
import type { ModuleSnapshot } from "../cell/module.ts";
import { breather } from "./breath.ts";
import type { SimulateOptions } from "./options.ts";
import { startRun } from "./run.ts";
import type { RunStatus } from "./trajectory.ts";

export interface PrecultureOptions
  extends Pick<SimulateOptions, "rtol" | "atol" | "maxSteps" | "maxStep" | "signal" | "start"> {
  /** How long the cell grows before the run, hours. */
  readonly hours: number;
  /** When the run will start, hours; default 0. */
  readonly t0?: number;
  /** In force throughout: what the strain carries and the medium it was grown in. */
  readonly edits?: readonly Edit[];
}

/** Where a run starts after a preculture: pass `start` and `snapshots` on to `simulate`. */
export interface Preculture {
  /** Values of all variables, shape [variables]. */
  readonly start: Float64Array;
  readonly snapshots: readonly ModuleSnapshot[];
  /** `done`, or why the cell did not get there. */
  readonly status: RunStatus;
}

/**
 * The state a strain reaches while the medium is held: every module that can be held (`hold`) is, so
 * that pools and biomass stay at their start while the cell settles.
 */
export async function preculture(cell: Cell, options: PrecultureOptions): Promise<Preculture> {
  const { hours, t0 = 0, edits = [], ...passed } = options;
  const holds = cell.parts.flatMap(({ module }) => module.hold ?? []);
  const window = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const run = await startRun(cell, {
    ...passed,
    t0: t0 - hours,
    t1: t0,
    output: new Float64Array(0),
    edits: [...edits, ...holds].map((edit) => ({ edit, ...window })),
  });
  const breathe = breather();
  while (await run.step()) {
    await breathe();
    if (options.signal?.aborted === true) run.interrupt("interrupted");
  }
  const { now, snapshots } = run.checkpoint();
  return { start: now.values, snapshots, status: run.trajectory().status };
}
