/** Backward differentiation (CVODES), or Radau IIA of order 9. */
export type NativeMethod = "bdf" | "radau";

/** What a run needs; see `SimulateOptions`. */
export interface NativeOptions {
  readonly t0: number;
  readonly t1: number;
  /** Evenly spaced output times; 1: the end alone. */
  readonly points: number;
  readonly rtol: number;
  readonly atol: number;
  readonly maxSteps: number;
  readonly seed: number;
  readonly select?: readonly string[];
  readonly amounts: boolean;
  readonly method: NativeMethod;
}
