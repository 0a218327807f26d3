import { ridgeSums } from "../../numerics/linear/linalg.ts";
import { mean } from "../../numerics/statistics.ts";
import { indexOfAntibody } from "./names.ts";
import type { PlainRows } from "./prediction.ts";
import type { InhibitorTask } from "./task.ts";

const NAME = "ridge on kinase levels, kinase clamped low";
const RIDGE = 30;
/** "Low": this much in log2 below the level without the inhibitor. */
const CLAMP = -1;

/**
 * Every observable by ridge regression on log2 levels of two kinases (AKT S473, MEK S217/S221) over the training rows at
 * t > 0, with AKT, which every held-out treatment inhibits, clamped to half its uninhibited level. The kinases' own
 * antibodies are not answered for. Without AKT's antibody there is no such row, without MEK's it rests on AKT alone.
 */
export function ridgeRow(task: InhibitorTask): PlainRows {
  const { observables, heldOut, names } = task;
  const { AKT, MEK } = names.kinases;
  const [akt, mek] = [AKT, MEK].map((site) => indexOfAntibody(observables, site, names));
  if (akt === undefined || akt < 0) return { rows: [], notes: [`no row '${NAME}': no antibody of ${AKT}`] };
  const features = mek === undefined || mek < 0 ? [akt] : [akt, mek];
  const weights = Float64Array.from(observables, (_, i) =>
    features.includes(i) ? 0 : (fitOne(task, features, i)[0] ?? 0),
  );
  const change = weights.map((weight) => CLAMP * weight);
  return {
    rows: [{ name: NAME, kind: "plain", changes: heldOut.map(() => change) }],
    notes: features.length === 1 ? [`row '${NAME}' is on AKT alone: no antibody of ${MEK}`] : [],
  };
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
