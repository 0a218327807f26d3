import type { Content, Work } from "../cell/module.ts";
import type { Variable } from "../cell/variable.ts";

/** How a run ended. Everything but `done` keeps what was reached. */
export interface RunStatus {
  readonly code: "done" | "failed" | "interrupted";
  /** Where not done: what stopped it, naming module, time and variable, and what helps. */
  readonly message?: string;
  /** Time reached, hours. */
  readonly t: number;
}

/** Something a reader should know about a run that went on: from which time on (hours), from which module. */
export interface RunWarning {
  readonly t: number;
  /** Hour at which it no longer held; absent where it held to the end. */
  readonly until?: number;
  readonly module: string;
  readonly message: string;
}

/** The module that jumps and clamps stand under in the ledger. */
export const EXPERIMENTER = "experimenter";

/** What one module moved into (positive) or out of one state variable over the whole run, in the variable's unit. */
export interface LedgerEntry {
  readonly variable: string;
  readonly module: string;
  readonly moved: number;
}

/** What was moved in one accepted step, or at one sudden change, jump or clamp (t0 = t1); times in hours. */
export interface LedgerPage {
  readonly t0: number;
  readonly t1: number;
  /** States that someone moved. */
  readonly entries: readonly LedgerEntry[];
}

/** A time at which a module passed from one smooth piece to another (a change of the optimal basis, of a regime). */
export interface Kink {
  /** Hours. */
  readonly t: number;
  readonly module: string;
  /** What entered and what left, where the module names it. */
  readonly change?: string;
}

/** A pool that has fallen below a hundredth of its amount at the start of the run, at hour t for the first time. */
export interface Depletion {
  readonly variable: string;
  readonly t: number;
}

/** Why an attempt at a step was rolled back. */
export type RejectionReason = "error" | "module" | "coupling" | "amount" | "ledger" | "sudden";

export interface RunStatistics {
  readonly steps: number;
  readonly rejected: number;
  /** Attempts rejected, by why; only what happened. */
  readonly rejectedFor: ReadonlyMap<RejectionReason, number>;
  /** Sweeps of all modules over a window after the prediction. */
  readonly corrections: number;
  readonly evaluations: number;
  /** What modules count of their own work: linear programs solved and spared, questions to a regulator. */
  readonly work: readonly (Work & { readonly module: string })[];
  /** Wall time of each module in ms, advance and evaluate together. */
  readonly moduleMs: ReadonlyMap<string, number>;
  readonly totalMs: number;
}

/** The result of a run: time x variables, columnar. */
export interface Trajectory {
  readonly variables: readonly Variable[];
  /** Hours, ascending; shape [times]. */
  readonly times: Float64Array;
  /** One column a variable, same order as `variables`, each of shape [times]. */
  readonly columns: readonly Float64Array[];
  readonly status: RunStatus;
  readonly warnings: readonly RunWarning[];
  readonly ledger: readonly LedgerEntry[];
  /** Where the engine stopped because a module left a smooth piece, ascending. */
  readonly kinks?: readonly Kink[];
  /** When pools were used up: fell below a hundredth of their amount at the start, located inside steps. */
  readonly depletions?: readonly Depletion[];
  /** What every module moved, step by step, where the run was asked to keep it. */
  readonly pages?: readonly LedgerPage[];
  /** Elements and charge of a unit of each state, by id, where modules know formulas; in its unit times atoms. */
  readonly contents?: ReadonlyMap<string, Content>;
  readonly statistics: RunStatistics;
}

/** The column of a variable by id, or undefined. */
export function columnOf(trajectory: Trajectory, id: string): Float64Array | undefined {
  const index = trajectory.variables.findIndex((variable) => variable.id === id);
  return index < 0 ? undefined : trajectory.columns[index];
}
