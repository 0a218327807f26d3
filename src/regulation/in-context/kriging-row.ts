import { cholesky, type Matrix, ridgeSums, solveCholesky, zeros } from "../../numerics/linalg.ts";
import type { Rows } from "./design.ts";
import { type Effects, effectsOf, type OnGraph } from "./graph-effects.ts";
import { nearness } from "./plain-predictions.ts";

/** Variances, in squares of spreads: of what all share, all of one control state, kin interventions in one state. */
const [COMMON, STATE, KIN, NOISE] = [0.05, 0.5, 0.6, 0.5];
/** Rows' worth of no effect. */
const WORTH = 5;
/** Along edges, one edge further, the control's state where edges act, the control's state. */
const EFFECTS = 4;

interface Fit {
  /** Perturbed rows of the context, and what they did. */
  readonly used: readonly number[];
  readonly effects: readonly Effects[];
  readonly weights: Float64Array;
  /** What each used row adds to each variable where it is alike, shape [used, variables]. */
  readonly held: Float64Array;
}

const fits = new WeakMap<OnGraph, Fit>();

/**
 * Kriging with effects: interventions change alike where their controls are alike, more so where they act on the same
 * variables; what they do along signed edges, and the control's state, have effects of their own, with weights that all
 * variables share. All of it is fitted together by generalised least squares on the context's rows.
 * @returns changes in spreads, shape [count, variables]
 */
export function krigingPrediction(context: OnGraph, rows: Rows): Float64Array {
  const fit = fits.get(context) ?? fitted(context);
  fits.set(context, fit);
  const n = rows.variables;
  const out = new Float64Array(rows.count * n);
  for (let r = 0; r < rows.count; r++) {
    if (rows.perturbed[r] === 0) continue;
    const effects = effectsOf(rows, r, context.edges);
    const part = out.subarray(r * n, (r + 1) * n);
    for (const [a, c] of fit.used.entries()) {
      const alike = covariance(rows, r, effects, context.rows, c, fit.effects[a] as Effects);
      for (let v = 0; v < n; v++) part[v] = (part[v] ?? 0) + alike * (fit.held[a * n + v] ?? 0);
    }
    for (let v = 0; v < n; v++)
      for (let f = 0; f < EFFECTS; f++)
        part[v] = (part[v] ?? 0) + (fit.weights[f] ?? 0) * effectOn(rows, r, v, f, effects);
  }
  return out;
}

function covariance(a: Rows, i: number, its: Effects, b: Rows, j: number, others: Effects): number {
  const kin = its.profile.reduce((sum, value, v) => sum + value * (others.profile[v] ?? 0), 0);
  return COMMON + nearness(a, i, b, j) * (STATE + KIN * kin);
}

function effectOn(rows: Rows, row: number, v: number, effect: number, { direct, further }: Effects): number {
  const away = rows.away[row * rows.variables + v] ?? 0;
  if (effect === 0) return direct[v] ?? 0;
  if (effect === 1) return further[v] ?? 0;
  return effect === 2 ? Math.abs(direct[v] ?? 0) * away : away;
}

function fitted({ rows, edges }: OnGraph): Fit {
  const n = rows.variables;
  const used = [...rows.perturbed.keys()].filter((r) => rows.perturbed[r] === 1);
  const effects = used.map((r) => effectsOf(rows, r, edges));
  const factor = factorOf(rows, used, effects);
  // What an intervention holds, or was not measured, is taken as no change.
  const counts = (a: number, v: number): boolean =>
    rows.known[(used[a] ?? 0) * n + v] === 1 && effects[a]?.touched[v] === 0;
  const column = (v: number, value: (a: number, r: number) => number): Float64Array =>
    Float64Array.from(used, (r, a) => (counts(a, v) ? value(a, r) : 0));
  const sums = ridgeSums(EFFECTS);
  const columns = Array.from({ length: n }, (_, v) => ({
    change: column(v, (_a, r) => rows.value[r * n + v] ?? 0),
    effects: Array.from({ length: EFFECTS }, (_e, f) =>
      column(v, (a, r) => effectOn(rows, r, v, f, effects[a] as Effects)),
    ),
  }));
  const weigh = (values: Float64Array): Float64Array => {
    const weighed = values.slice();
    solveCholesky(factor, weighed);
    return weighed;
  };
  for (const { change, effects: all } of columns) {
    const moving = [...all.entries()].filter(([, values]) => values.some((value) => value !== 0));
    sums.addOutput(moving, change, weigh);
  }
  const { gram } = sums;
  for (let f = 0; f < EFFECTS; f++)
    gram.data[f * EFFECTS + f] = (gram.data[f * EFFECTS + f] ?? 0) * (1 + WORTH / used.length);
  const weights = sums.solve(1e-9);
  const held = new Float64Array(used.length * n);
  for (const [v, { change, effects: all }] of columns.entries()) {
    const left = change.map((value, a) => all.reduce((rest, x, f) => rest - (weights[f] ?? 0) * (x[a] ?? 0), value));
    solveCholesky(factor, left);
    for (const [a, value] of left.entries()) held[a * n + v] = value;
  }
  return { used, effects, weights, held };
}

function factorOf(rows: Rows, used: readonly number[], effects: readonly Effects[]): Matrix {
  const factor = zeros(used.length, used.length);
  for (const [a, i] of used.entries())
    for (const [b, j] of used.entries()) {
      const alike = covariance(rows, i, effects[a] as Effects, rows, j, effects[b] as Effects);
      factor.data[a * used.length + b] = alike + (a === b ? NOISE : 0);
    }
  cholesky(factor);
  return factor;
}
