import { workDone } from "../counts.ts";
import type { Engine } from "../engine.ts";
import type { Sums } from "../mass/sum.ts";
import type { Recorder } from "../recorder.ts";
import { gatherReads, type Point } from "../step/point.ts";
import type { Checkpoint, PointData } from "./checkpoint-data.ts";

/** All that a run holds at an accepted step. */
export function writeCheckpoint(engine: Engine, recorder: Recorder): Checkpoint {
  const { cell, previous, now, smooth, controller, snapshots, ledger, counts, meter } = engine;
  return structuredClone({
    format: "cellweave-checkpoint/2" as const,
    variables: cell.variables.map(({ id }) => id),
    previous: dataOf(previous),
    now: dataOf(now),
    smooth,
    controller,
    snapshots,
    ledger,
    pages: engine.pages,
    counts: { ...counts, work: workDone(engine) },
    evaluations: meter.evaluations,
    warnings: engine.warnings,
    noted: engine.noted,
    kinks: engine.kinks,
    flicker: engine.flicker,
    levels: engine.levels,
    depletions: engine.depletions,
    columns: recorder.columns.map((column) => column.slice(0, recorder.count)),
  });
}

/** Puts engine and recorder where the checkpoint was written; edits have been applied before. */
export function readCheckpoint(checkpoint: Checkpoint, engine: Engine, recorder: Recorder): void {
  fill(engine.previous, checkpoint.previous);
  fill(engine.now, checkpoint.now);
  engine.cell.parts.forEach((part, k) => {
    const instant = engine.now.instants[k];
    if (instant !== undefined) gatherReads(part, engine.now.values, instant.reads);
  });
  engine.smooth = checkpoint.smooth;
  Object.assign(engine.controller, structuredClone(checkpoint.controller));
  engine.snapshots = structuredClone([...checkpoint.snapshots]);
  for (const key of ["moved", "own", "jumped"] as const) fillSums(engine.ledger[key], checkpoint.ledger[key]);
  const work = checkpoint.counts.work.map((entry, i) => ({
    ...entry,
    count: entry.count + (engine.counts.work[i]?.count ?? 0),
  }));
  engine.counts = { ...checkpoint.counts, work };
  engine.meter.evaluations = checkpoint.evaluations;
  engine.pages = [...checkpoint.pages];
  engine.warnings = [...checkpoint.warnings];
  engine.noted = [...checkpoint.noted];
  engine.kinks = [...checkpoint.kinks];
  Object.assign(engine.flicker, checkpoint.flicker);
  engine.levels = checkpoint.levels.slice();
  engine.depletions = [...checkpoint.depletions];
  recorder.columns.forEach((column, i) => {
    column.set(checkpoint.columns[i] ?? []);
  });
  recorder.count = checkpoint.columns[0]?.length ?? 0;
}

function dataOf({ t, values, rates, slopes, regimes, warnings }: Point): PointData {
  return { t, values, rates, slopes, regimes, warnings };
}

function fill(point: Point, data: PointData): void {
  point.t = data.t;
  point.values.set(data.values);
  point.rates.set(data.rates);
  point.slopes.set(data.slopes);
  point.regimes.splice(0, point.regimes.length, ...data.regimes);
  point.warnings.splice(0, point.warnings.length, ...data.warnings);
}

function fillSums(sums: Sums, data: Sums): void {
  sums.total.set(data.total);
  sums.lost.set(data.lost);
}
