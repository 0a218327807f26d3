import type { Checkpoint } from "../../engine/checkpoint/checkpoint-data.ts";
import type { ArmJob } from "./jobs.ts";

/** Where the runs of a scenario keep how far they have come, so that they can go on when the process has ended. */
export interface KeepOptions {
  /** A folder of its own; see `openKeep`. */
  readonly folder: string;
  /** Seconds of wall time between checkpoints of a run; a run that takes less is not kept unless it is interrupted. */
  readonly every: number;
  /** Go on from what the folder holds. */
  readonly resume: boolean;
}

/** One run's place in the folder. */
export interface Keeper {
  /** Seconds. */
  readonly every: number;
  /** Where the run had come, undefined where it starts. */
  load(): Promise<Checkpoint | undefined>;
  save(checkpoint: Checkpoint): Promise<void>;
}

/** Name of a run's file. */
export function keptName({ arm, run }: Pick<ArmJob, "arm" | "run">): string {
  return `${arm}-${run}.checkpoint.json`;
}
