import { Worker } from "node:worker_threads";
import { CellweaveError } from "../../errors.ts";
import { WIDTH } from "./job.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import type { ScreenOptions, ScreenOutcome, ScreenWork } from "./work.ts";

/** Whether this is the built package: from TypeScript sources no thread can be started. */
export const CAN_START = import.meta.url.endsWith(".js");

/** How long a thread works between messages, ms. */
const STINT = 150;

/** Does tasks on worker threads; each opens the job by itself. */
export async function onThreads(
  work: ScreenWork,
  count: number,
  todo: readonly number[],
  rows: Float64Array,
  { signal, onRows }: ScreenOptions,
): Promise<ScreenOutcome> {
  const entry = new URL("./worker-node.js", import.meta.url);
  const workers = Array.from({ length: count }, () => new Worker(entry, { workerData: work }));
  const take = pieces(todo, count);
  let objective = Number.NaN;
  let left = todo.length;
  const note = (tasks: Int32Array, found: Float64Array): void => {
    tasks.forEach((task, k) => {
      rows.set(found.subarray(k * WIDTH, (k + 1) * WIDTH), task * WIDTH);
    });
    left -= tasks.length;
    onRows?.(rows, 1 - left / (rows.length / WIDTH));
  };
  const opened = (value: number): void => {
    objective = value;
  };
  const stopped = new Promise<void>((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    await Promise.race([stopped, Promise.all(workers.map((worker) => employ(worker, take, opened, note)))]);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return { status: left === 0 ? "done" : "interrupted", objective, rows };
}

/** Hands tasks out, towards the end in small pieces, so that threads end together. */
function pieces(todo: readonly number[], threads: number): (size: number) => Int32Array {
  let next = 0;
  return (size) => {
    const from = next;
    next += Math.min(size, Math.ceil((todo.length - next) / (2 * threads)));
    return Int32Array.from(todo.slice(from, next));
  };
}

/** Gives a worker tasks until there are none; pieces grow until one takes about a stint. */
function employ(
  worker: Worker,
  take: (size: number) => Int32Array,
  onOpened: (objective: number) => void,
  onRows: (tasks: Int32Array, rows: Float64Array) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    const give = (size: number): void => {
      const tasks = take(size);
      if (tasks.length === 0) resolve();
      else worker.postMessage({ tasks } satisfies ToWorker);
      sent = performance.now();
    };
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`a worker thread ended with code ${code} before its work did`)));
    worker.on("message", (message: FromWorker) => {
      if (message.kind === "refused") reject(new CellweaveError(message.code, message.message, message.details));
      else if (message.kind === "failed") reject(message.error);
      else if (message.kind === "opened") {
        onOpened(message.objective);
        give(1);
      } else {
        onRows(message.tasks, message.rows);
        const pace = message.tasks.length / Math.max(1, performance.now() - sent);
        give(Math.max(1, Math.round(pace * STINT)));
      }
    });
  });
}
