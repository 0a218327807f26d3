import { parentPort, workerData } from "node:worker_threads";
import { CellweaveError } from "../../errors.ts";
import { openJob, WIDTH } from "./job.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import type { ScreenWork } from "./work.ts";

// A worker thread: opens a screen and answers the tasks it is sent.
const post = (message: FromWorker): void => parentPort?.postMessage(message);

async function start(): Promise<void> {
  const { job, sub } = workerData as ScreenWork;
  const opened = await openJob(job, sub);
  parentPort?.on("message", ({ tasks }: ToWorker) => {
    const rows = new Float64Array(tasks.length * WIDTH);
    tasks.forEach((task, k) => {
      opened.solve(task, rows.subarray(k * WIDTH, (k + 1) * WIDTH));
    });
    post({ kind: "rows", tasks, rows });
  });
  post({ kind: "opened", objective: opened.objective });
}

start().catch((error: unknown) => {
  if (error instanceof CellweaveError) {
    const { code, message, kind, place, hint } = error;
    const details = { kind, ...(place === undefined ? {} : { place }), ...(hint === undefined ? {} : { hint }) };
    post({ kind: "refused", code, message, details });
  } else post({ kind: "failed", error });
});
