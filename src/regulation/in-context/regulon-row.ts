import { ridgeSums } from "../../numerics/linear/linalg.ts";
import type { Rows } from "./design.ts";
import { effectsOf, type OnGraph } from "./graph-effects.ts";
import { type PlainPredictions, plainOfContext } from "./plain-predictions.ts";

/** Rows' worth of the prior: the process alone. */
const WORTH = 5;
/** Process, effects along edges, effects of those, the control's state where edges act, the control's state. */
const FEATURES = 5;
const PRIOR = [1, 0, 0, 0, 0];

const fits = new WeakMap<OnGraph, Float64Array>();

/**
 * A linear prediction from the graph: the process on controls and kin interventions, what interventions do along signed
 * edges (and one edge further), and the control's state, alone and where edges act; weights shared by all variables,
 * fitted on the context's rows.
 * @returns changes in spreads, shape [count, variables]
 */
export function regulonPrediction(context: OnGraph, rows: Rows, plain: PlainPredictions): Float64Array {
  const weights = fits.get(context) ?? fitted(context);
  fits.set(context, weights);
  const out = new Float64Array(rows.count * rows.variables);
  for (let r = 0; r < rows.count; r++)
    eachVariable(rows, r, context, plain.kin, (at, features) => {
      for (let f = 0; f < FEATURES; f++) out[at] = (out[at] ?? 0) + (weights[f] ?? 0) * (features[f] ?? 0);
    });
  return out;
}

function fitted(context: OnGraph): Float64Array {
  const { rows } = context;
  const { kin: process } = plainOfContext(context);
  const sums = ridgeSums(FEATURES);
  let used = 0;
  for (let r = 0; r < rows.count; r++) {
    if (rows.perturbed[r] === 0) continue;
    used++;
    eachVariable(rows, r, context, process, (at, features, touched) => {
      if (rows.known[at] === 1 && !touched) sums.add(features, rows.value[at] ?? 0);
    });
  }
  // A prior of so many rows like these, in which the process is right.
  const { gram, moments } = sums;
  for (let f = 0; f < FEATURES; f++) {
    const strength = (WORTH / Math.max(1, used)) * (gram.data[f * FEATURES + f] ?? 0) + 1e-9;
    gram.data[f * FEATURES + f] = (gram.data[f * FEATURES + f] ?? 0) + strength;
    moments[f] = (moments[f] ?? 0) + strength * (PRIOR[f] ?? 0);
  }
  return sums.solve(1e-9);
}

/** Calls back with the features of each variable of a row; the array is used again. */
function eachVariable(
  rows: Rows,
  row: number,
  { edges }: OnGraph,
  process: Float64Array,
  use: (at: number, features: Float64Array, touched: boolean) => void,
): void {
  const { direct, further, touched } = effectsOf(rows, row, edges);
  const features = new Float64Array(FEATURES);
  for (let v = 0; v < rows.variables; v++) {
    const at = row * rows.variables + v;
    const away = rows.away[at] ?? 0;
    features[0] = process[at] ?? 0;
    features[1] = direct[v] ?? 0;
    features[2] = further[v] ?? 0;
    features[3] = Math.abs(direct[v] ?? 0) * away;
    features[4] = away;
    use(at, features, touched[v] === 1);
  }
}
