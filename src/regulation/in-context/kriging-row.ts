import { ridgeSums } from "../../numerics/linear/linalg.ts";
import type { Rows } from "./design.ts";
import { type Effects, effectsOf, type OnGraph } from "./graph-effects.ts";
import { type Kin, type KinCovariance, kinCovariance } from "./kin-covariance.ts";

/** Rows' worth of no effect. */
const WORTH = 5;
/** Along edges, one edge further, the control's state where edges act, the control's state. */
const EFFECTS = 4;
/** In proportion, and against each other where edges have other signs. */
const kin: Kin = (cosine) => 0.6 * cosine;

interface Fit {
  readonly covariance: KinCovariance;
  readonly weights: Float64Array;
  /** What each used row adds to each variable where it is alike, shape [variables][used]. */
  readonly held: readonly Float64Array[];
}

const fits = new WeakMap<OnGraph, Fit>();

/**
 * Kriging with effects: interventions change alike where they are kin; what they do along signed edges, and the
 * control's state, have effects of their own, with weights that all variables share. All of it is fitted together by
 * generalised least squares on the context's rows.
 * @returns changes in spreads, shape [count, variables]
 */
export function krigingPrediction(context: OnGraph, rows: Rows): Float64Array {
  const { covariance, weights, held } = fits.get(context) ?? fitted(context);
  const n = rows.variables;
  const out = new Float64Array(rows.count * n);
  for (let r = 0; r < rows.count; r++) {
    if (rows.perturbed[r] === 0) continue;
    const effects = effectsOf(rows, r, context.edges);
    const change = covariance.predict(rows, r, effects, held);
    for (let v = 0; v < n; v++)
      for (let f = 0; f < EFFECTS; f++)
        change[v] = (change[v] ?? 0) + (weights[f] ?? 0) * effectOn(rows, r, v, f, effects);
    out.set(change, r * n);
  }
  return out;
}

function effectOn(rows: Rows, row: number, v: number, effect: number, { direct, further }: Effects): number {
  const away = rows.away[row * rows.variables + v] ?? 0;
  if (effect === 0) return direct[v] ?? 0;
  if (effect === 1) return further[v] ?? 0;
  return effect === 2 ? Math.abs(direct[v] ?? 0) * away : away;
}

function fitted(context: OnGraph): Fit {
  const { rows } = context;
  const covariance = kinCovariance(context, kin);
  const { used } = covariance;
  const sums = ridgeSums(EFFECTS);
  const outputs = Array.from({ length: rows.variables }, (_, v) => outputOf(rows, v, covariance));
  for (const [v, { change, effects }] of outputs.entries()) {
    const moving = [...effects.entries()].filter(([, values]) => values.some((value) => value !== 0));
    sums.addOutput(moving, change, (values) => covariance.weigh(v, values));
  }
  const { gram } = sums;
  for (let f = 0; f < EFFECTS; f++)
    gram.data[f * EFFECTS + f] = (gram.data[f * EFFECTS + f] ?? 0) * (1 + WORTH / used.length);
  const weights = sums.solve(1e-9);
  const held = outputs.map(({ change, effects }, v) =>
    covariance.weigh(
      v,
      change.map((value, a) => effects.reduce((rest, x, f) => rest - (weights[f] ?? 0) * (x[a] ?? 0), value)),
    ),
  );
  const fit = { covariance, weights, held };
  fits.set(context, fit);
  return fit;
}

/** A variable's changes and effects in the used rows. */
function outputOf(rows: Rows, v: number, covariance: KinCovariance) {
  return {
    change: covariance.column(v, (r) => rows.value[r * rows.variables + v] ?? 0),
    effects: Array.from({ length: EFFECTS }, (_, f) => covariance.column(v, (r, its) => effectOn(rows, r, v, f, its))),
  };
}
