import { ridgeSums } from "../../numerics/linalg.ts";
import { CHANNELS, type Context, type Rows } from "./design.ts";
import { type PlainPredictions, plainOfContext } from "./plain-predictions.ts";

/** Spreads beyond which what is held counts no more. */
const REACH = 3;
/** Rows' worth of the prior: the process alone. */
const WORTH = 5;
/** Process, effects along edges, effects of those, the control's state where edges act, the control's state. */
const FEATURES = 5;
const PRIOR = [1, 0, 0, 0, 0];
const [OUTSIDE, LOSS, GAIN, CUT] = [4, 1, 2, 3];

type OnGraph = Pick<Context, "rows" | "edges">;

const fits = new WeakMap<OnGraph, Float64Array>();

/**
 * A linear prediction from the graph: the process on the control's state, what interventions do along signed edges (and
 * one edge further), and the control's state, alone and where edges act; weights shared by all variables, fitted on the
 * context's rows.
 * @returns changes in spreads, shape [count, variables]
 */
export function regulonPrediction(context: OnGraph, rows: Rows, plain: PlainPredictions): Float64Array {
  const weights = fits.get(context) ?? fitted(context);
  fits.set(context, weights);
  const out = new Float64Array(rows.count * rows.variables);
  for (let r = 0; r < rows.count; r++)
    eachVariable(rows, r, context, plain.process, (at, features) => {
      for (let f = 0; f < FEATURES; f++) out[at] = (out[at] ?? 0) + (weights[f] ?? 0) * (features[f] ?? 0);
    });
  return out;
}

function fitted(context: OnGraph): Float64Array {
  const { rows } = context;
  const { process } = plainOfContext(rows);
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
  { edges: { matrix } }: OnGraph,
  process: Float64Array,
  use: (at: number, features: Float64Array, touched: boolean) => void,
): void {
  const n = rows.variables;
  const dose = new Float64Array(n);
  const touched = new Uint8Array(n);
  const effect = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const at = (row * n + i) * CHANNELS;
    const act = (channel: number): number => rows.acts[at + channel] ?? 0;
    effect[i] = act(OUTSIDE);
    touched[i] = [0, LOSS, GAIN, CUT].some((channel) => act(channel) !== 0) ? 1 : 0;
    const held = rows.known[row * n + i] === 1 && act(CUT) === 0;
    const moved = held ? (rows.value[row * n + i] ?? 0) : act(GAIN) - act(LOSS) - act(CUT);
    dose[i] = touched[i] === 1 ? Math.min(REACH, Math.max(-REACH, moved)) : 0;
  }
  pass(matrix, dose, effect);
  const further = new Float64Array(n);
  pass(matrix, effect, further);
  const features = new Float64Array(FEATURES);
  for (let v = 0; v < n; v++) {
    const at = row * n + v;
    const direct = effect[v] ?? 0;
    features[0] = process[at] ?? 0;
    features[1] = direct;
    features[2] = direct === 0 ? (further[v] ?? 0) : 0;
    features[3] = Math.abs(direct) * (rows.away[at] ?? 0);
    features[4] = rows.away[at] ?? 0;
    use(at, features, touched[v] === 1);
  }
}

/** out += matrix times what the sources did. */
function pass(matrix: Float64Array, from: Float64Array, out: Float64Array): void {
  const n = from.length;
  for (let i = 0; i < n; i++)
    if (from[i] !== 0) for (let v = 0; v < n; v++) out[v] = (out[v] ?? 0) + (matrix[v * n + i] ?? 0) * (from[i] ?? 0);
}
