import type { Trajectory } from "../engine/trajectory.ts";
import type { RegulatoryGraph } from "../regulation/graph/graph.ts";
import type { AnalysisResult } from "./analyses/analysis.ts";
import type { ArmName } from "./arms/arm.ts";
import type { Coupling } from "./arms/arm-cell.ts";
import type { KeepOptions } from "./arms/keep.ts";
import type { CellManifest } from "./cell-manifest.ts";
import type { Files, InputFile } from "./documents/files.ts";
import type { Observable } from "./observables.ts";
import type { Perturbation } from "./perturbation.ts";
import type { Scenario } from "./scenario.ts";
import type { Overrides, Setting } from "./setting.ts";
import type { Measurement } from "./tables/measurements.ts";
import type { Uncertainty } from "./uncertainty.ts";

/** How far a scenario has come. */
export interface ScenarioProgress {
  readonly arm: ArmName;
  readonly run: "perturbed" | "reference";
  /** Share of the whole scenario that is done, 0 to 1. */
  readonly done: number;
}

export interface RunOptions extends Overrides {
  /** In place of the scenario's. */
  readonly arms?: readonly ArmName[];
  /** In place of the scenario's: a name among the manifest's regulators. */
  readonly regulator?: string;
  /** In place of the scenario's: whether the regulator's fallback answers beyond what it was trained on. */
  readonly fallback?: boolean;
  /** Modules of one's own that join the cell, made anew for every arm. */
  readonly couplings?: readonly Coupling[];
  readonly onProgress?: (progress: ScenarioProgress) => void;
  /** Threads that runs are shared among; default 1. With `couplings` or `files`, or from sources, one does all. */
  readonly threads?: number;
  /** Whether trajectories keep what every module moved in every step; default false. */
  readonly ledger?: boolean;
  /** Where to keep checkpoints, and whether to go on from them; none where absent. Node only. */
  readonly keep?: KeepOptions;
  /** Stops the run; what was reached is returned with status `interrupted`. */
  readonly signal?: AbortSignal;
  /** Where files are read from; this machine's disk where absent. */
  readonly files?: Files;
}

export interface ArmResult {
  readonly name: ArmName;
  readonly trajectory: Trajectory;
  /** The same arm without the perturbations, where the scenario compares. */
  readonly reference: Trajectory | undefined;
  /** Labels of perturbations that no module of this arm takes up. */
  readonly ignores: readonly string[];
  /** How far off the arm's regulator may be, where its card says. */
  readonly uncertainty?: Uncertainty;
}

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly manifest: CellManifest;
  readonly graph: RegulatoryGraph | undefined;
  readonly arms: readonly ArmResult[];
  readonly perturbations: readonly Perturbation[];
  readonly observables: readonly Observable[];
  readonly measurements: readonly Measurement[];
  readonly setting: Setting;
  /** What the scenario asked of the cell's flux balance; empty where it asks nothing. */
  readonly analyses: readonly AnalysisResult[];
  /** Every file that was read, with its hash. */
  readonly inputs: readonly InputFile[];
  /**
   * A: bitwise repeatable on any machine with the same build of Node (version and kind of processor); B: on the same
   * machine and build.
   */
  readonly repeatability: "A" | "B";
}
