import type { Trajectory } from "../../engine/trajectory.ts";
import type { Perturbation } from "../perturbation.ts";
import type { ArmName } from "./arm.ts";

/** One run of one arm: plain data, so that another thread can do it. */
export interface ArmJob {
  readonly arm: ArmName;
  readonly run: "perturbed" | "reference";
  readonly perturbations: readonly Perturbation[];
}

/** Something that does one job at a time. @param onProgress takes the share of the job that is done, 0 to 1 */
export type Executor = (job: ArmJob, onProgress: (done: number) => void) => Promise<Trajectory>;

/** Executors that join where jobs are still waiting after a while: starting a thread costs more than a short run. */
export interface Reinforcement {
  readonly afterMs: number;
  start(): Promise<readonly Executor[]>;
}

/** Arms by the work they are, most first, so that executors end together. */
const WORK: Readonly<Record<ArmName, number>> = { hybrid: 3, learned: 2, mechanistic: 1 };

/**
 * Does all jobs, each on the executor that is free first. Where one fails no further job is begun, and the error is
 * thrown when none is running any more.
 * @param onProgress takes a job and the share of all jobs that is done, 0 to 1
 * @returns trajectories in the order of the jobs
 */
export async function doJobs(
  jobs: readonly ArmJob[],
  executors: readonly Executor[],
  onProgress: (job: ArmJob, done: number) => void,
  reinforcement?: Reinforcement,
): Promise<Trajectory[]> {
  const order = [...jobs.keys()].sort((a, b) => work(jobs[b]) - work(jobs[a]) || a - b);
  const shares = new Float64Array(jobs.length);
  const results = new Map<number, Trajectory>();
  const drain = async (execute: Executor) => {
    for (let i = order.shift(); i !== undefined; i = order.shift()) {
      const index = i;
      const job = jobs[index];
      if (job === undefined) continue;
      const progress = (done: number) => {
        shares[index] = done;
        onProgress(job, shares.reduce((sum, share) => sum + share, 0) / jobs.length);
      };
      results.set(index, await execute(job, progress));
      progress(1);
    }
  };
  const joining = async ({ afterMs, start }: Reinforcement, going: Promise<unknown>): Promise<readonly Executor[]> => {
    await elapsed(afterMs, going);
    if (order.length === 0) return [];
    return start().catch((error: unknown) => [() => Promise.reject(error)]);
  };
  const drainAll = (those: readonly Executor[]) =>
    Promise.allSettled(
      those.map((execute) =>
        drain(execute).catch((error: unknown) => {
          order.length = 0;
          throw error;
        }),
      ),
    );
  const begun = drainAll(executors);
  const late = reinforcement === undefined ? [] : await joining(reinforcement, begun);
  const ends = [...(await drainAll(late)), ...(await begun)];
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return jobs.flatMap((_, i) => results.get(i) ?? []);
}

/** Waits so many ms, or until what is going on has ended. */
async function elapsed(ms: number, going: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([waited, going]);
  clearTimeout(timer);
}

function work(job: ArmJob | undefined): number {
  return job === undefined ? 0 : WORK[job.arm];
}
