import { Worker } from "node:worker_threads";
import { type CaseOptions, type CaseResult, loadCase, runCaseFile } from "./run-case.ts";

/** One model file of one case. */
export interface CaseJob {
  readonly folder: string;
  readonly id: string;
  readonly file: string;
}

/** Whether this is the built package: from TypeScript sources no thread can be started. */
const CAN_START = import.meta.url.endsWith(".js");

/**
 * Runs cases on so many threads; each draws from its own seeds, so that the results do not depend on the number.
 * @param onDone takes each job as it ends
 * @returns results in the order of the jobs
 */
export async function runJobs(
  jobs: readonly CaseJob[],
  options: CaseOptions,
  threads: number,
  onDone: (job: CaseJob) => void,
): Promise<CaseResult[]> {
  const count = CAN_START ? Math.min(threads, jobs.length) : 1;
  if (count < 2) return here(jobs, options, onDone);
  const results = new Map<CaseJob, CaseResult>();
  const queue = jobs.values();
  const workers = Array.from({ length: count }, () => new Worker(new URL("./case-worker.js", import.meta.url)));
  const drain = async (worker: Worker): Promise<void> => {
    for (const job of queue) {
      results.set(job, await answerOf(worker, job, options));
      onDone(job);
    }
  };
  try {
    await Promise.all(workers.map(drain));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return jobs.flatMap((job) => results.get(job) ?? []);
}

async function here(jobs: readonly CaseJob[], options: CaseOptions, onDone: (job: CaseJob) => void) {
  const results: CaseResult[] = [];
  for (const job of jobs) {
    results.push(await runCaseFile(loadCase(job.folder, job.id), job.file, options));
    onDone(job);
  }
  return results;
}

function answerOf(worker: Worker, job: CaseJob, options: CaseOptions): Promise<CaseResult> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off("message", done);
      worker.off("error", fail);
      worker.off("exit", gone);
    };
    const done = (result: CaseResult): void => {
      settle();
      resolve(result);
    };
    const fail = (error: unknown): void => {
      settle();
      reject(error);
    };
    const gone = (code: number): void => fail(new Error(`a worker thread ended with code ${code} in ${job.file}`));
    worker.on("message", done);
    worker.on("error", fail);
    worker.on("exit", gone);
    worker.postMessage({ job, options });
  });
}
