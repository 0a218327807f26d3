import { ridgeSums } from "../../numerics/linalg.ts";
import { mean } from "../../numerics/statistics.ts";
import { AKT, indexOfAntibody, MEK } from "./kinase-antibodies.ts";
import type { Prediction } from "./plain-rows.ts";
import type { InhibitorTask } from "./task.ts";

const RIDGE = 30;
/** "Low": this much in log2 below the level without the inhibitor. */
const CLAMP = -1;

/**
 * Every observable by ridge regression on log2 levels of two kinases (AKT S473, MEK S217/S221) over the training rows at
 * t > 0, with AKT, which every held-out treatment inhibits, clamped to half its uninhibited level. The kinases' own
 * antibodies are not answered for.
 */
export function ridgeRow(task: InhibitorTask): Prediction {
  const { observables, heldOut } = task;
  const features = [AKT, MEK].map((kinase) => indexOfAntibody(observables, kinase));
  const weights = features.map(() => new Float64Array(observables.length));
  for (let i = 0; i < observables.length; i++) {
    if (features.includes(i)) continue;
    const fitted = fitOne(task, features, i);
    for (const [f, column] of weights.entries()) column[i] = fitted[f] ?? 0;
  }
  const change = (weights[0] ?? new Float64Array(observables.length)).map((weight) => CLAMP * weight);
  return { name: "ridge on kinase levels, kinase clamped low", kind: "plain", changes: heldOut.map(() => change) };
}

/** Weights of one observable on the features, both centred over rows that have all of them. */
function fitOne({ training }: InhibitorTask, features: readonly number[], observable: number): Float64Array {
  const columns = [...features, observable];
  const rows = training
    .filter(({ time, level }) => time > 0 && columns.every((c) => Number.isFinite(level[c] ?? Number.NaN)))
    .map(({ level }) => columns.map((c) => level[c] ?? 0));
  if (rows.length === 0) return new Float64Array(features.length);
  const centre = columns.map((_, c) => mean(rows.map((row) => row[c] ?? 0)));
  const sums = ridgeSums(features.length);
  for (const row of rows) {
    const centred = row.map((value, c) => value - (centre[c] ?? 0));
    sums.add(Float64Array.from(centred.slice(0, -1)), centred.at(-1) ?? 0);
  }
  return sums.solve(RIDGE);
}
