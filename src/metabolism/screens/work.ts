import type { SubModel } from "../presolve/sub-model.ts";
import type { ScreenJob } from "./job.ts";

/** How a screen is run. */
export interface ScreenOptions {
  /** Worker threads; from TypeScript sources none can be started and the calling thread does the work. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Rows of an earlier run that was interrupted; what is done there isn't done again. */
  readonly rows?: Float64Array;
  /** Called now and then with all rows and the share done, 0 to 1. */
  readonly onRows?: (rows: Float64Array, done: number) => void;
}

/** What a screen found. Equal for any number of threads, any order and any interruptions, bit for bit. */
export interface ScreenOutcome {
  readonly status: "done" | "interrupted";
  /** Objective of the wild type; NaN where interrupted before it was known. */
  readonly objective: number;
  /** Shape [tasks, WIDTH]; a task that isn't done has NaN as its status. */
  readonly rows: Float64Array;
}

/** A job with the small model that stands for its model. */
export interface ScreenWork {
  readonly job: ScreenJob;
  readonly sub: SubModel;
}
