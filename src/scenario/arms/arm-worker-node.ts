import { parentPort, workerData } from "node:worker_threads";
import { recordInputs } from "../documents/files.ts";
import { nodeFiles } from "../documents/files-node.ts";
import { readCell } from "../world.ts";
import { composeArm, disposeArm } from "./arm-cell.ts";
import type { ArmJob } from "./jobs.ts";
import { keeperIn } from "./keep-node.ts";
import { runArm } from "./run-arm.ts";
import type { FromWorker, ToWorker, WorkerRecipe } from "./worker-messages.ts";

// A worker thread: composes the arm of each job it is sent and runs it.
const { text, file, regulator, fallback, setting, pages, keep } = workerData as WorkerRecipe;
const world = readCell(text, file, recordInputs(nodeFiles), regulator, undefined, fallback);
const stop = new AbortController();

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function run(job: ArmJob): Promise<void> {
  const cell = await composeArm(job.arm, await world, []);
  const { perturbations } = job;
  const kept = keep === undefined ? {} : { keeper: keeperIn(keep, job) };
  try {
    const onProgress = (done: number) => post({ kind: "progress", done });
    const trajectory = await runArm(cell, setting, { perturbations, signal: stop.signal, onProgress, pages, ...kept });
    post({ kind: "done", trajectory });
  } finally {
    disposeArm(cell);
  }
}

parentPort?.on("message", (message: ToWorker) => {
  if (message.kind === "stop") stop.abort();
  else run(message.job).catch((error: unknown) => post({ kind: "failed", error }));
});
