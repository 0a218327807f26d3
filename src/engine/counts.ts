import type { Cell } from "../cell/cell.ts";
import type { Work } from "../cell/module.ts";
import type { RejectionReason } from "./trajectory.ts";

/** Counts over the run, with those before a checkpoint; plain data. */
export interface Counts {
  /** Steps accepted. */
  steps: number;
  corrections: number;
  /** Why each rejected attempt was. */
  rejected: readonly (readonly [why: RejectionReason, count: number])[];
  /** What to add to what modules have counted, so that the sum is of this run. */
  work: readonly ModuleWork[];
}

export type ModuleWork = Work & { readonly module: string };

/** A run's counts, and the modules that count for themselves. */
interface Counting {
  readonly cell: Cell;
  readonly counts: Counts;
}

/** Counts at the start of a run: what modules counted before is not its own. */
export function startCounts(cell: Cell): Counts {
  const work = workOf(cell).map((entry) => ({ ...entry, count: -entry.count }));
  return { steps: 0, corrections: 0, rejected: [], work };
}

/** What all modules have counted so far. */
function workOf(cell: Cell): ModuleWork[] {
  return cell.parts.flatMap(({ module }) => (module.work?.() ?? []).map((work) => ({ module: module.id, ...work })));
}

/** What all modules have counted in this run. */
export function workDone({ cell, counts }: Counting): ModuleWork[] {
  return workOf(cell).map((entry, i) => ({ ...entry, count: entry.count + (counts.work[i]?.count ?? 0) }));
}

export function countRejection({ counts }: Counting, why: RejectionReason): void {
  const rejected = new Map(counts.rejected);
  counts.rejected = [...rejected.set(why, (rejected.get(why) ?? 0) + 1)];
}

/** Attempts rejected, for whatever reason. */
export function rejections({ counts }: Counting): number {
  return counts.rejected.reduce((sum, [, count]) => sum + count, 0);
}
