/** Why a module could not go on. */
export type FailureCode =
  | "too-many-steps"
  | "too-stiff"
  | "not-finite"
  | "infeasible"
  | "unbounded"
  | "out-of-range"
  | "failed";

/** How a module's advance or evaluation ended. A failure is a value, not an exception: the engine may retry smaller. */
export type ModuleStatus =
  | {
      readonly ok: true;
      /** What a reader of the run should know although it went on; the same text while the cause lasts. */
      readonly warning?: string;
    }
  | {
      readonly ok: false;
      readonly code: FailureCode;
      /** What happened, naming time, variable or bounds, and what helps. */
      readonly message: string;
      /** Time at which it happened, hours. */
      readonly t: number;
    };

export const OK: ModuleStatus = Object.freeze({ ok: true });
