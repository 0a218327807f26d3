import type { Part } from "../../cell/cell.ts";
import { type ModuleStatus, OK } from "../../cell/status.ts";

/** A module that could not go on, and why. */
export interface Failure {
  readonly module: string;
  readonly status: Extract<ModuleStatus, { ok: false }>;
}

/** Wall time and number of calls, kept for the statistics. */
export interface Meter {
  /** ms, shape [parts]. */
  readonly moduleMs: Float64Array;
  evaluations: number;
}

/** The failure in a status, or undefined. */
export function failureOf(part: Part, status: ModuleStatus): Failure | undefined {
  return status.ok ? undefined : { module: part.module.id, status };
}

export function isPromise(value: ModuleStatus | Promise<ModuleStatus>): value is Promise<ModuleStatus> {
  return value !== OK && typeof (value as { then?: unknown }).then === "function";
}
