import type { ErrorDetails } from "../../errors.ts";

export interface ToWorker {
  /** Tasks to answer, by index. */
  readonly tasks: Int32Array;
}

export type FromWorker =
  | { readonly kind: "opened"; readonly objective: number }
  /** Answers in the order of `tasks`, shape [tasks, WIDTH]. */
  | { readonly kind: "rows"; readonly tasks: Int32Array; readonly rows: Float64Array }
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly details: ErrorDetails }
  | { readonly kind: "failed"; readonly error: unknown };
