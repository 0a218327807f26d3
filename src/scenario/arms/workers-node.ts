import { Worker } from "node:worker_threads";
import type { Trajectory } from "../../engine/trajectory.ts";
import type { Executor } from "./jobs.ts";
import type { FromWorker, ToWorker, WorkerRecipe } from "./worker-messages.ts";

/** Threads that run arms. */
export interface Workers {
  readonly executors: readonly Executor[];
  close(): Promise<void>;
}

/** Whether this is the built package: from TypeScript sources no thread can be started. */
export const CAN_START = import.meta.url.endsWith(".js");

/** Starts threads, each of which composes and runs arms by itself. */
export function startWorkers(count: number, recipe: WorkerRecipe, signal: AbortSignal | undefined): Workers {
  const entry = new URL("./arm-worker-node.js", import.meta.url);
  const threads = Array.from({ length: count }, () => new Worker(entry, { workerData: recipe }));
  const tell = (thread: Worker, message: ToWorker) => thread.postMessage(message);
  const stop = () => {
    for (const thread of threads) tell(thread, { kind: "stop" });
  };
  if (signal?.aborted === true) stop();
  signal?.addEventListener("abort", stop, { once: true });
  return {
    executors: threads.map((thread) => executorOn(thread, tell)),
    close: async () => {
      signal?.removeEventListener("abort", stop);
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

function executorOn(thread: Worker, tell: (thread: Worker, message: ToWorker) => void): Executor {
  return (job, onProgress) =>
    new Promise<Trajectory>((resolve, reject) => {
      const settle = () => {
        thread.off("message", listen);
        thread.off("error", fail);
        thread.off("exit", gone);
      };
      const fail = (error: unknown) => {
        settle();
        reject(error);
      };
      const gone = (code: number) => fail(new Error(`a worker thread ended with code ${code} before its run did`));
      const listen = (message: FromWorker) => {
        if (message.kind === "progress") onProgress(message.done);
        else if (message.kind === "failed") fail(message.error);
        else {
          settle();
          resolve(message.trajectory);
        }
      };
      thread.on("message", listen);
      thread.on("error", fail);
      thread.on("exit", gone);
      tell(thread, { kind: "job", job });
    });
}
