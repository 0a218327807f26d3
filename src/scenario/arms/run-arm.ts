import type { Cell } from "../../cell/cell.ts";
import type { Edit, TimedEdit, TimedJump } from "../../cell/edit.ts";
import type { SimulateOptions } from "../../engine/options.ts";
import { preculture } from "../../engine/preculture.ts";
import { simulate } from "../../engine/simulate.ts";
import type { RunStatus, Trajectory } from "../../engine/trajectory.ts";
import type { Perturbation } from "../perturbation.ts";
import type { Setting } from "../setting.ts";
import { type ArmCell, startOf } from "./arm-cell.ts";
import type { Keeper } from "./keep.ts";

/** What one run of one arm is given. */
export interface ArmRun {
  readonly perturbations: readonly Perturbation[];
  readonly signal: AbortSignal | undefined;
  /** Called with the share of the run that is done, 0 to 1. */
  readonly onProgress: (done: number) => void;
  /** Whether the trajectory keeps what was moved in every step. */
  readonly pages: boolean;
  /** Where the run keeps how far it has come, and whence it goes on. */
  readonly keeper?: Keeper;
}

/** One arm's time course under the perturbations that its modules take up. */
export async function runArm(arm: ArmCell, setting: Setting, run: ArmRun): Promise<Trajectory> {
  const { from, to, points, moments, rtol, atol } = setting;
  const edits = editsFor(arm, run.perturbations);
  const jumps = jumpsFor(arm, run.perturbations);
  const shared = { rtol, atol, ...(run.signal === undefined ? {} : { signal: run.signal }) };
  const resume = await run.keeper?.load();
  const begin =
    resume === undefined ? await beginning(arm, setting, edits, shared) : { status: undefined, values: { resume } };
  if (begin.status !== undefined) return stoppedBefore(arm, begin.status);
  return simulate(arm.cell, {
    ...shared,
    ...begin.values,
    ...(run.keeper === undefined ? {} : { checkpoints: checkpointsBy(run.keeper, run.signal) }),
    pages: run.pages,
    t0: from,
    t1: to,
    output: timesOf(from, to, points, moments),
    edits,
    jumps,
    onProgress: (t) => run.onProgress((t - from) / (to - from)),
  });
}

/** A run that is over before the first checkpoint is due, and was not interrupted, leaves none. */
function checkpointsBy({ every, save }: Keeper, signal: AbortSignal | undefined): SimulateOptions["checkpoints"] & {} {
  const begun = performance.now();
  const isDue = () => signal?.aborted === true || performance.now() - begun >= 1000 * every;
  return { every, save: (checkpoint) => (isDue() ? save(checkpoint) : undefined) };
}

/** Whether any module of the arm takes the perturbation up. */
export function takesUp({ modules, cell }: ArmCell, { edit, jump }: Perturbation): boolean {
  if (jump !== undefined) return cell.index.has(jump.variable);
  return edit !== undefined && modules.some((module) => module.accepts(edit.edit));
}

function editsFor(arm: ArmCell, perturbations: readonly Perturbation[]): TimedEdit[] {
  return perturbations.flatMap((p) => (p.edit !== undefined && takesUp(arm, p) ? [p.edit] : []));
}

function jumpsFor(arm: ArmCell, perturbations: readonly Perturbation[]): TimedJump[] {
  return perturbations.flatMap((p) => (p.jump !== undefined && takesUp(arm, p) ? [p.jump] : []));
}

async function beginning(
  { cell }: ArmCell,
  { from, precultureHours, start: changes }: Setting,
  edits: readonly TimedEdit[],
  shared: { readonly rtol: number; readonly atol: number; readonly signal?: AbortSignal },
) {
  const standing = edits.filter((timed) => timed.from === Number.NEGATIVE_INFINITY).map(({ edit }) => edit);
  const start = startOf(cell, changes);
  removeProducts(cell, standing, start);
  if (precultureHours === undefined) return { status: undefined, values: { start } };
  const grown = await preculture(cell, { ...shared, hours: precultureHours, t0: from, edits: standing, start });
  const status = grown.status.code === "done" ? undefined : grown.status;
  return { status, values: { start: grown.start, snapshots: grown.snapshots } };
}

/** A strain's genotype leaves no product over from before: its expression starts at the level of its production. */
function removeProducts({ variables }: Cell, standing: readonly Edit[], start: Float64Array): void {
  for (const edit of standing) {
    if (edit.kind !== "gene" || !edit.genotype) continue;
    const owned = `expression:${edit.gene}`;
    for (const [i, { id, role }] of variables.entries())
      if (role === "state" && (id === owned || id.startsWith(`${owned}@`))) start[i] = (start[i] ?? 0) * edit.level;
  }
}

function stoppedBefore({ cell }: ArmCell, status: RunStatus): Trajectory {
  return {
    variables: cell.variables,
    times: new Float64Array(0),
    columns: cell.variables.map(() => new Float64Array(0)),
    status: { ...status, message: `in the preculture: ${status.message ?? status.code}` },
    warnings: [],
    ledger: [],
    statistics: {
      steps: 0,
      rejected: 0,
      rejectedFor: new Map(),
      corrections: 0,
      evaluations: 0,
      work: [],
      moduleMs: new Map(),
      totalMs: 0,
    },
  };
}

/** Evenly spaced times and those asked for beside them, ascending. */
function timesOf(from: number, to: number, points: number, moments: readonly number[]): Float64Array {
  const evenly = Array.from({ length: points }, (_, i) =>
    i === points - 1 ? to : from + (i * (to - from)) / (points - 1),
  );
  return Float64Array.from(new Set([...evenly, ...moments])).sort();
}
