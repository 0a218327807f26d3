import type { TimedEdit, TimedJump } from "../cell/edit.ts";
import type { ModuleSnapshot } from "../cell/module.ts";
import { CellweaveError } from "../errors.ts";
import type { Checkpoint } from "./checkpoint/checkpoint-data.ts";
import type { LedgerPage } from "./trajectory.ts";

export interface SimulateOptions {
  /** Start and end, hours. */
  readonly t0: number;
  readonly t1: number;
  /** Times at which to record, hours, ascending within [t0, t1]. They never change the steps. */
  readonly output: Float64Array;
  readonly edits?: readonly TimedEdit[];
  readonly jumps?: readonly TimedJump[];
  /** Relative tolerance of a macro-step; default 1e-4. */
  readonly rtol?: number;
  /** Absolute tolerance of a macro-step in units of each variable's nominal; default 1e-6. */
  readonly atol?: number;
  /** Hours; default a thousandth of the run. */
  readonly initialStep?: number;
  /** Hours; default 1e-9 of the run. */
  readonly minStep?: number;
  /** Hours; default the run. */
  readonly maxStep?: number;
  /** Attempts, accepted or not; default 100,000. */
  readonly maxSteps?: number;
  /** Most corrections of one step, where modules are tightly coupled; default 20. */
  readonly corrections?: number;
  readonly signal?: AbortSignal;
  /** Called after every accepted step with the time reached, hours. */
  readonly onProgress?: (t: number) => void;
  /** Values of all variables at t0; the declared initial values where absent. */
  readonly start?: Float64Array;
  /** Snapshots of all modules at t0, in the cell's order, with `start`. */
  readonly snapshots?: readonly ModuleSnapshot[];
  /** Called with what every module moved in each accepted step, and at each sudden change. */
  readonly onLedger?: (page: LedgerPage) => void;
  /** Whether the trajectory keeps what every module moved in every step; default false: the sums alone. */
  readonly pages?: boolean;
  /** Where to keep checkpoints, every so many seconds of wall time and at the end. */
  readonly checkpoints?: { readonly every: number; save(checkpoint: Checkpoint): void | Promise<void> };
  /** Go on from here; the cell and the other options are those of the run that left it. */
  readonly resume?: Checkpoint;
}

/** Options with every default in place. */
export type Settings = SimulateOptions &
  Required<
    Pick<
      SimulateOptions,
      "edits" | "jumps" | "rtol" | "atol" | "initialStep" | "minStep" | "maxStep" | "maxSteps" | "corrections"
    >
  >;

/** @throws CellweaveError `run/options` naming the option that cannot be */
export function settle(options: SimulateOptions): Settings {
  const span = options.t1 - options.t0;
  const maxStep = options.maxStep ?? span;
  const settings: Settings = {
    ...options,
    edits: options.edits ?? [],
    jumps: options.jumps ?? [],
    rtol: options.rtol ?? 1e-4,
    atol: options.atol ?? 1e-6,
    initialStep: Math.min(options.initialStep ?? span / 1000, maxStep),
    minStep: options.minStep ?? span * 1e-9,
    maxStep,
    maxSteps: options.maxSteps ?? 100_000,
    corrections: options.corrections ?? 20,
  };
  checkSpan(settings);
  for (const name of ["rtol", "atol", "initialStep", "minStep", "maxStep", "maxSteps", "corrections"] as const)
    if (!(settings[name] > 0)) refuse(`${name} is ${settings[name]}`, "give a number above 0");
  if (settings.minStep > settings.maxStep) refuse("minStep is larger than maxStep", "swap them");
  return settings;
}

function checkSpan({ t0, t1, output, edits, jumps }: Settings): void {
  if (!Number.isFinite(t0) || !(t1 > t0) || !Number.isFinite(t1))
    refuse(`the run goes from t0 = ${t0} to t1 = ${t1}`, "t1 has to be later than t0, both in hours");
  for (let i = 0; i < output.length; i++) {
    const t = output[i] ?? Number.NaN;
    if (!(t >= t0 && t <= t1)) refuse(`output time ${t} lies outside [${t0}, ${t1}]`, "output times are hours");
    if (i > 0 && !(t > (output[i - 1] ?? 0))) refuse(`output time ${t} does not ascend`, "sort the output times");
  }
  for (const { edit, from, to } of edits) {
    if (!(to > from)) refuse(`an edit is in force from ${from} to ${to}`, "its end has to be later than its start");
    if (from >= t1 || to <= t0)
      refuse(
        `an edit is in force from ${from} to ${to}, outside [${t0}, ${t1}]`,
        "move it into the run, or leave it out",
      );
    const value = edit.kind === "gene" ? edit.level : edit.value;
    if (!Number.isFinite(value))
      refuse(`an edit of kind '${edit.kind}' has the value ${value}`, "give a finite number");
  }
  for (const { variable, at, value } of jumps) {
    if (!(at >= t0 && at < t1)) refuse(`'${variable}' jumps at ${at}, outside [${t0}, ${t1})`, "move the jump");
    if (!Number.isFinite(value)) refuse(`'${variable}' jumps to ${value}`, "give a finite number");
  }
}

function refuse(what: string, hint: string): never {
  throw new CellweaveError("run/options", what, { kind: "usage", hint });
}
