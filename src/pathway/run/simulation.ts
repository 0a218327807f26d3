import type { SymbolKind } from "../symbols.ts";
import type { RunStatistics } from "./run-statistics.ts";
import type { SessionStatus } from "./session.ts";

/** One quantity over time, shape [points reached]. */
export interface Column {
  readonly kind: SymbolKind;
  /** Species: concentration (amount where its compartment has no size). Others: the value. */
  readonly values: Float64Array;
  /** Species: amount; absent where amounts were not asked for. */
  readonly amounts?: Float64Array;
}

/** A time course of a model. */
export interface Simulation {
  /** Shape [points reached]. */
  readonly times: Float64Array;
  /** By id, in document order. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Failures (`too-many-steps`, `too-stiff`, `not-finite`, `failed`) keep what was reached. */
  readonly status: SessionStatus;
  readonly warnings: readonly string[];
  /** Present where all of the run was inside WebAssembly. */
  readonly statistics?: RunStatistics;
}
