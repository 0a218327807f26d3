import type { ArmName } from "../scenario/arms/arm.ts";
import { type Stepping, steppingOf } from "./findings/stepping.ts";
import type { AllocationRule, PerturbationMark, Provenance, ReportInput } from "./input.ts";
import { allVariables, runsOf } from "./tables/csv.ts";

/** What `manifest.json` holds: where the run came from, and what its columns are. */
export interface RunManifest extends Provenance {
  readonly format: "cellweave-run";
  readonly formatVersion: 1;
  readonly title: string;
  readonly cell: string;
  readonly arms: readonly ArmName[];
  /** Hours; `to` is null where the perturbation has no end. */
  readonly perturbations: readonly (Omit<PerturbationMark, "to"> & { readonly to: number | null })[];
  /** Of every trajectory, named as in the column `arm`. */
  readonly status: readonly {
    readonly arm: string;
    readonly code: string;
    readonly message?: string;
    readonly t: number;
  }[];
  /** How modules share pools that run out; empty where a step that would take a pool below zero is rejected. */
  readonly allocation: readonly AllocationRule[];
  /** How every trajectory was stepped: attempts, work of the modules, changes of the optimal basis by name. */
  readonly stepping: readonly (Stepping & { readonly arm: string })[];
  /** Columns of `trajectory.csv` and `trajectory.parquet` after `arm` and `time_h`. */
  readonly columns: readonly {
    readonly id: string;
    readonly kind: string;
    readonly unit: string;
    readonly owner: string;
  }[];
}

/** The manifest of a run. */
export function runManifest(input: ReportInput): RunManifest {
  return {
    format: "cellweave-run",
    formatVersion: 1,
    title: input.title,
    cell: input.cell,
    ...input.provenance,
    arms: input.arms.map((arm) => arm.name),
    perturbations: input.perturbations.map((mark) => ({ ...mark, to: Number.isFinite(mark.to) ? mark.to : null })),
    status: runsOf(input.arms).map(({ name, trajectory }) => ({ arm: name, ...trajectory.status })),
    allocation: input.allocation ?? [],
    stepping: runsOf(input.arms).map(({ name, trajectory }) => ({ arm: name, ...steppingOf(trajectory) })),
    columns: allVariables(input.arms).map(({ id, kind, unit, owner }) => ({ id, kind, unit, owner })),
  };
}
