import { parentPort } from "node:worker_threads";
import type { CaseJob } from "./pool.ts";
import { type CaseOptions, loadCase, runCaseFile } from "./run-case.ts";

// A worker thread: runs each case it is sent and answers with the result.
parentPort?.on("message", ({ job, options }: { readonly job: CaseJob; readonly options: CaseOptions }) => {
  const run = async (): Promise<void> => {
    parentPort?.postMessage(await runCaseFile(loadCase(job.folder, job.id), job.file, options));
  };
  run().catch((error: unknown) => {
    throw error;
  });
});
