import type { ModuleSnapshot } from "../../cell/module.ts";
import type { Counts } from "../counts.ts";
import type { Ledger } from "../mass/ledger.ts";
import type { ControllerState, Flicker } from "../step/controller.ts";
import type { Depletion, Kink, LedgerPage, RunWarning } from "../trajectory.ts";

/** One time as the engine remembers it. */
export interface PointData {
  readonly t: number;
  readonly values: Float64Array;
  readonly rates: Float64Array;
  readonly slopes: Float64Array;
  readonly regimes: readonly string[];
  readonly warnings: readonly string[];
}

/** Everything a run needs to go on as if it had never stopped; plain data that `structuredClone` carries. */
export interface Checkpoint {
  readonly format: "cellweave-checkpoint/2";
  /** Ids of the variables, to refuse another cell's checkpoint. */
  readonly variables: readonly string[];
  readonly previous: PointData;
  readonly now: PointData;
  readonly smooth: boolean;
  readonly controller: ControllerState;
  readonly snapshots: readonly ModuleSnapshot[];
  readonly ledger: Ledger;
  readonly pages: readonly LedgerPage[];
  readonly counts: Counts;
  readonly evaluations: number;
  readonly warnings: readonly RunWarning[];
  readonly noted: readonly string[];
  readonly kinks: readonly Kink[];
  readonly flicker: Flicker;
  readonly levels: Float64Array;
  readonly depletions: readonly Depletion[];
  /** What has been recorded, one column a variable. */
  readonly columns: readonly Float64Array[];
}
