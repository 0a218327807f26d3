import type { Trajectory } from "../../engine/trajectory.ts";
import type { Setting } from "../setting.ts";
import type { ArmJob } from "./jobs.ts";
import type { KeepOptions } from "./keep.ts";

/** What a worker thread needs to compose arms by itself. */
export interface WorkerRecipe {
  /** Text and absolute name of the manifest. */
  readonly text: string;
  readonly file: string;
  readonly regulator: string | undefined;
  readonly fallback: boolean | undefined;
  readonly setting: Setting;
  readonly pages: boolean;
  readonly keep: KeepOptions | undefined;
}

export type ToWorker = { readonly kind: "job"; readonly job: ArmJob } | { readonly kind: "stop" };

export type FromWorker =
  | { readonly kind: "progress"; readonly done: number }
  | { readonly kind: "done"; readonly trajectory: Trajectory }
  | { readonly kind: "failed"; readonly error: unknown };
