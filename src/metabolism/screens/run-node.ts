import { breather } from "../../engine/breath.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import { openJob, type ScreenJob, sizeOf, smallModel, WIDTH } from "./job.ts";
import { CAN_START, onThreads } from "./threads-node.ts";
import type { ScreenOptions, ScreenOutcome, ScreenWork } from "./work.ts";

/** Fewer tasks than this are never worth a thread of their own. */
const WORTH_A_THREAD = 64;
/** Work, in reactions of the model times linear programs, that pays for starting another thread and its solver. */
const WORTH_STARTING = 1e6;
/** How many linear programs a strain of a method that compares with the wild type is like. */
const COMPARING = 20;

function isSlow(job: ScreenJob): boolean {
  return job.kind === "deletions" && job.method === "room";
}

/**
 * How many threads a screen is done soonest with, where nobody says.
 * @param available cores of the machine
 */
export function threadsFor(job: ScreenJob, available: number): number {
  if (isSlow(job)) return available;
  const each = job.model.reactions.length * (job.kind === "deletions" && job.method !== "fba" ? COMPARING : 1);
  return Math.max(1, Math.min(available, Math.floor((sizeOf(job) * each) / WORTH_STARTING)));
}

/** Rows of which nothing is done. */
export function emptyRows(job: ScreenJob): Float64Array {
  return new Float64Array(sizeOf(job) * WIDTH).fill(Number.NaN);
}

/** Tasks of rows that are not done. */
export function undone(rows: Float64Array): number[] {
  return Array.from({ length: rows.length / WIDTH }, (_, k) => k).filter((k) => Number.isNaN(rows[k * WIDTH]));
}

/** Does all tasks of a screen. @throws CellweaveError where the wild type has no flux distribution */
export async function runScreen(job: ScreenJob, options: ScreenOptions = {}): Promise<ScreenOutcome> {
  const rows = options.rows ?? emptyRows(job);
  const todo = undone(rows);
  const useful = isSlow(job) ? todo.length : Math.ceil(todo.length / WORTH_A_THREAD);
  const threads = Math.min(options.threads ?? 1, useful);
  const sub = smallModel(await loadLp(), job);
  const apart = CAN_START && (threads > 1 || (isSlow(job) && threads > 0));
  return apart ? onThreads({ job, sub }, threads, todo, rows, options) : here({ job, sub }, todo, rows, options);
}

async function here(
  { job, sub }: ScreenWork,
  todo: readonly number[],
  rows: Float64Array,
  { signal, onRows }: ScreenOptions,
): Promise<ScreenOutcome> {
  const opened = await openJob(job, sub);
  const breathe = breather();
  try {
    for (const [k, task] of todo.entries()) {
      if (signal?.aborted === true) return { status: "interrupted", objective: opened.objective, rows };
      opened.solve(task, rows.subarray(task * WIDTH, (task + 1) * WIDTH));
      const pause = breathe();
      if (pause === undefined) continue;
      onRows?.(rows, 1 - (todo.length - k - 1) / (rows.length / WIDTH));
      await pause;
    }
    onRows?.(rows, 1);
    return { status: "done", objective: opened.objective, rows };
  } finally {
    opened.dispose();
  }
}
