import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LpRuntime } from "../../numerics/programs/lp.ts";
import { FEW, openVariability } from "../balance/fva.ts";
import type { FluxSolution } from "../balance/solution.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { openDeletions } from "../mutants/deletions.ts";
import type { Method } from "../mutants/methods.ts";
import type { RoomOptions } from "../mutants/room-options.ts";
import type { Strain } from "../mutants/strains.ts";
import { presolve, unreduced } from "../presolve/presolve.ts";
import type { SubModel } from "../presolve/sub-model.ts";

/** Growth of strains, as plain data that another thread can work on. */
export interface DeletionJob {
  readonly kind: "deletions";
  readonly model: FluxModel;
  readonly bounds: FluxBounds;
  readonly method: Method;
  readonly room?: RoomOptions;
  readonly strains: readonly Strain[];
}

/** Ranges of fluxes, as plain data. */
export interface VariabilityJob {
  readonly kind: "variability";
  readonly model: FluxModel;
  readonly bounds: FluxBounds;
  /** Share of the optimum that the objective keeps, 0 to 1. */
  readonly fraction: number;
  readonly loopless: boolean;
  /** Largest total flux as a multiple of the least; no limit where absent. */
  readonly pfbaFactor?: number;
  /** Indices of the reactions asked for. */
  readonly reactions: readonly number[];
}

export type ScreenJob = DeletionJob | VariabilityJob;

/**
 * Numbers a task: status, then growth and 0 (ROOM: how many reactions switch), or the least and the largest flux, or, where
 * ROOM gave up, how many reactions switch at least and at most; status NaN where a task is not done.
 */
export const WIDTH = 3;

/** Statuses by the number they are kept as. */
export const STATUSES = ["optimal", "infeasible", "unbounded", "failed"] as const satisfies FluxSolution["status"][];

/** A job opened in the solver. */
export interface OpenJob {
  /** Objective of the wild type. */
  readonly objective: number;
  /** Answers one task into `row` (shape [WIDTH]), whatever was asked before. */
  solve(task: number, row: Float64Array): void;
  dispose(): void;
}

/** How many tasks a job has. */
export function sizeOf(job: ScreenJob): number {
  return job.kind === "deletions" ? job.strains.length : job.reactions.length;
}

/** The small model in which a job is done; found once, for all threads. */
export function smallModel(runtime: LpRuntime, job: ScreenJob): SubModel {
  const few = job.kind === "variability" && job.reactions.length < FEW;
  return few ? unreduced(job.model) : presolve(runtime, job.model, job.bounds);
}

/** @throws CellweaveError where the wild type has no flux distribution, or no finite optimum */
export async function openJob(job: ScreenJob, sub: SubModel): Promise<OpenJob> {
  return job.kind === "deletions" ? openStrains(job, sub) : openRanges(job, sub);
}

async function openStrains({ model, bounds, method, room, strains }: DeletionJob, sub: SubModel): Promise<OpenJob> {
  const opened = await openDeletions(model, { bounds, method, sub, ...(room === undefined ? {} : { room }) });
  return {
    objective: opened.wildType,
    solve: (task, row) => {
      const strain = strains[task];
      if (strain === undefined) return;
      const { status, objective, switches } = opened.solve(strain);
      const [least, most] = switches ?? [objective, 0];
      row.set([STATUSES.indexOf(status), status === "optimal" ? objective : least, most]);
    },
    dispose: () => opened.dispose(),
  };
}

async function openRanges(job: VariabilityJob, sub: SubModel): Promise<OpenJob> {
  const { model, bounds, fraction, loopless, pfbaFactor, reactions } = job;
  const budget = pfbaFactor === undefined ? {} : { pfbaFactor };
  const opened = openVariability(await loadLp(), model, { bounds, fraction, loopless, ...budget, sub });
  if (!("range" in opened)) throw new CellweaveError(`metabolism/${opened.status}`, opened.message, { kind: "solver" });
  return {
    objective: opened.objective,
    solve: (task, row) => {
      const [least, most] = opened.range(reactions[task] ?? 0);
      row.set([Number.isNaN(least) || Number.isNaN(most) ? STATUSES.indexOf("failed") : 0, least, most]);
    },
    dispose: () => opened.dispose(),
  };
}
