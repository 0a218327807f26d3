import type { TrainingDistance } from "../range/distance.ts";
import type { RangeJudge } from "../range/range.ts";
import type { Regulator } from "../regulator.ts";
import type { Fallback } from "../trained/fallback.ts";
import type { EffectorSource } from "./effectors.ts";
import type { EnvironmentSources } from "./environment.ts";

export interface RegulatorModuleOptions {
  readonly id: string;
  readonly regulator: Regulator;
  /** What the states are called: `expression:<gene>`, the default, or `phospho:<site>`. */
  readonly answers?: "expression" | "phospho";
  /** Loss of proteins by degradation, 1/h; default 0: proteins of growing bacteria are diluted, not degraded. */
  readonly degradation?: number;
  /** Id of the variable that holds the growth rate, 1/h; without one nothing is diluted. */
  readonly growth?: string;
  /** Effector levels from cell variables; the others stay masked. */
  readonly effectors?: readonly EffectorSource[];
  /** Environment features from cell pools; the others stay at the reference. */
  readonly environment?: EnvironmentSources;
  /** Everything stays at its reference: what a mechanistic arm knows of regulation. Gene edits still count. */
  readonly hold?: boolean;
  /** Error allowed in log2 expression and activities from not asking the regulator anew; default 0: always, but for equal inputs. */
  readonly tolerance?: number;
  /** Error allowed in expression from following F between the ends of a step, relative to the reference; default 1e-5. */
  readonly accuracy?: number;
  /** Says whether perturbations lie in the range the regulator was trained in; what does not becomes a warning. */
  readonly range?: RangeJudge;
  /** How far the present state lies from what the regulator was trained on: an output, and a warning where that is far. */
  readonly distance?: TrainingDistance;
  /** Answers while the range is OUT; the regulator itself where absent. Same columns and reference (see `mismatch`). */
  readonly fallback?: Fallback;
  /** Gene names by b-number, for labels. */
  readonly geneNames?: ReadonlyMap<string, string>;
}
