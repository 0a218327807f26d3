import type { ErrorDetails } from "../../errors.ts";
import type { GraphModule } from "../../numerics/expressions/graph-module.ts";
import type { ScanSpec } from "./scan.ts";

/** What a worker thread of a scan is made from. */
export interface ScanRecipe {
  readonly text: string;
  readonly file: string;
  readonly spec: ScanSpec;
}

export type ToScanWorker =
  /** Modules that the calling thread compiled: native code made for one thread serves all. */
  | { readonly kind: "open"; readonly modules: readonly GraphModule[] }
  | { readonly kind: "run"; readonly first: number; readonly count: number };

export type FromScanWorker =
  | { readonly kind: "opened" }
  | {
      readonly kind: "done";
      readonly first: number;
      readonly count: number;
      /** Shape [points, width]. */
      readonly rows: Float64Array;
      readonly failures: readonly (readonly [number, string])[];
    }
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly details: ErrorDetails };
