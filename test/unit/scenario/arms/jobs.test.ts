import { describe, expect, test } from "vitest";
import type { Trajectory } from "../../../../src/engine/trajectory.ts";
import { type ArmJob, doJobs, type Executor } from "../../../../src/scenario/arms/jobs.ts";

const job = (arm: ArmJob["arm"], run: ArmJob["run"]): ArmJob => ({ arm, run, perturbations: [] });
const jobs = [job("mechanistic", "perturbed"), job("hybrid", "perturbed"), job("learned", "reference")];

/** A trajectory that can be told from others. */
const marked = (steps: number) => ({ statistics: { steps } }) as unknown as Trajectory;

describe("doJobs", () => {
  test("starts with the most work, returns in the order of the jobs", async () => {
    const begun: string[] = [];
    const execute: Executor = async ({ arm }) => marked(begun.push(arm));
    const results = await doJobs(jobs, [execute], () => {});
    expect(begun).toEqual(["hybrid", "learned", "mechanistic"]);
    expect(results.map(({ statistics }) => statistics.steps)).toEqual([3, 1, 2]);
  });

  test("shares jobs among executors; progress is of the whole and ends at 1", async () => {
    const done: number[] = [];
    const executor = (): Executor => async (_job, onProgress) => {
      onProgress(0.5);
      await Promise.resolve();
      return marked(0);
    };
    await doJobs(jobs, [executor(), executor()], (_job, share) => done.push(share));
    expect(done[0]).toBeCloseTo(1 / 6, 12);
    expect(done.at(-1)).toBe(1);
    expect([...done].sort((a, b) => a - b)).toEqual(done);
  });

  test("a job that throws ends the whole", async () => {
    const execute: Executor = () => Promise.reject(new Error("no memory"));
    await expect(doJobs(jobs, [execute], () => {})).rejects.toThrow("no memory");
  });

  test("what runs beside a job that throws is waited for, and nothing more is begun", async () => {
    const ended: string[] = [];
    const fails: Executor = () => Promise.reject(new Error("no memory"));
    const slow: Executor = async ({ arm }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      ended.push(arm);
      return marked(0);
    };
    await expect(doJobs(jobs, [fails, slow], () => {})).rejects.toThrow("no memory");
    expect(ended).toEqual(["learned"]);
  });

  test("reinforcement comes where jobs are waiting, not where all are begun", async () => {
    const asked: string[] = [];
    const executorOf =
      (name: string): Executor =>
      async ({ arm }) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        asked.push(`${name}: ${arm}`);
        return marked(0);
      };
    const start = async () => [executorOf("late")];
    await doJobs(jobs.slice(0, 1), [executorOf("first")], () => {}, { afterMs: 0, start });
    expect(asked.splice(0)).toEqual(["first: mechanistic"]);
    await doJobs(jobs, [executorOf("first")], () => {}, { afterMs: 0, start });
    expect(asked).toContain("late: learned");
    expect(asked).toHaveLength(3);
  });

  test("reinforcement that can't come is an error when what was begun has ended", async () => {
    const ended: string[] = [];
    const slow: Executor = async ({ arm }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      ended.push(arm);
      return marked(0);
    };
    const start = () => Promise.reject(new Error("no thread"));
    await expect(doJobs(jobs, [slow], () => {}, { afterMs: 0, start })).rejects.toThrow("no thread");
    expect(ended).toEqual(["hybrid"]);
  });
});
