import { cholesky, dot, solveCholesky, zeros } from "../../numerics/linear/linalg.ts";
import type { Rows } from "./design.ts";
import { type Effects, effectsOf, type OnGraph } from "./graph-effects.ts";
import { nearness } from "./state-process.ts";

/**
 * Variances, in squares of spreads: of what all share, all of one control state, those of one project, each variable's
 * slope on its control, and noise. Chosen on simulated tables (`models/training/LOG.md`).
 */
const [COMMON, STATE, TOGETHER, SLOPE, NOISE] = [0.05, 0.5, 0.1, 0.05, 0.5];

/** Noise beyond which nothing is learned. */
const MOST_NOISE = 1e6;

/** The variance that two interventions in one control state share beyond that, by the cosine of what they act on. */
export type Kin = (cosine: number) => number;

/** A context's perturbed rows, with what makes each variable's changes in them alike. */
export interface KinCovariance {
  /** Perturbed rows of the context. */
  readonly used: readonly number[];
  readonly effects: readonly Effects[];
  /** Something of a variable in the used rows, 0 where an intervention holds it or it was not measured; shape [used]. */
  column(variable: number, value: (row: number, its: Effects) => number): Float64Array;
  /** The inverse covariance of a variable's changes, noise included, times values; shape [used]. */
  weigh(variable: number, values: Float64Array): Float64Array;
  /** The diagonal of that inverse, shape [used]. */
  precision(variable: number): Float64Array;
  /**
   * What another row says of every variable.
   * @param held for each variable the weighed changes, shape [variables][used]
   */
  predict(rows: Rows, row: number, effects: Effects, held: readonly Float64Array[]): Float64Array;
}

/**
 * How alike interventions change: where their controls are alike, more so where they act on the same variables, and where
 * they were done in one project; with a slope of each variable on its control.
 */
export function kinCovariance({ rows: context, edges }: OnGraph, kin: Kin): KinCovariance {
  const used = [...context.perturbed.keys()].filter((r) => context.perturbed[r] === 1);
  const effects = used.map((r) => effectsOf(context, r, edges));
  const near = (rows: Rows, row: number, its: Effects): Float64Array =>
    Float64Array.from(used, (c, a) => alike(rows, row, context, c, kin(cosine(its, effects[a] as Effects))));
  const inverse = inverseOf(used.map((r, a) => near(context, r, effects[a] as Effects)));
  const slopes = Array.from({ length: context.variables }, (_, v) => {
    const away = Float64Array.from(used, (r) => awayOf(context, r, v));
    const leaning = Float64Array.from(inverse, (row) => dot(row, away));
    return { away, leaning, gain: SLOPE / (1 + SLOPE * dot(away, leaning)) };
  });
  const slopeOf = (v: number) => slopes[v] as (typeof slopes)[number];
  return {
    used,
    effects,
    column(v, value) {
      return Float64Array.from(used, (r, a) => {
        const its = effects[a] as Effects;
        return context.known[r * context.variables + v] === 1 && its.touched[v] === 0 ? value(r, its) : 0;
      });
    },
    weigh(v, values) {
      const { leaning, gain } = slopeOf(v);
      const along = gain * dot(leaning, values);
      return Float64Array.from(inverse, (row, a) => dot(row, values) - along * (leaning[a] ?? 0));
    },
    precision(v) {
      const { leaning, gain } = slopeOf(v);
      return leaning.map((value, a) => (inverse[a]?.[a] ?? 0) - gain * value ** 2);
    },
    predict(rows, row, its, held) {
      const likeness = near(rows, row, its);
      return Float64Array.from(
        held,
        (weighed, v) => dot(likeness, weighed) + SLOPE * awayOf(rows, row, v) * dot(slopeOf(v).away, weighed),
      );
    },
  };
}

function awayOf({ away, variables }: Rows, row: number, v: number): number {
  return away[row * variables + v] ?? 0;
}

function alike(a: Rows, i: number, b: Rows, j: number, kin: number): number {
  const together = a.project[i] === b.project[j] ? TOGETHER : 0;
  return COMMON + nearness(a, i, b, j) * (STATE + kin) + together;
}

/** Of what two rows act on, times how strong they are; below 0 where they act against each other. */
function cosine(a: Effects, b: Effects): number {
  let sum = dot(a.profile, b.profile);
  for (const [node, value] of a.beyond) sum += value * (b.beyond.get(node) ?? 0);
  return sum;
}

/** The inverse of a covariance with noise, by rows; with more noise where that doesn't make it positive definite. */
function inverseOf(covariance: readonly Float64Array[]): Float64Array[] {
  const size = covariance.length;
  const factor = zeros(size, size);
  for (let noise = NOISE, found = false; !found && noise < MOST_NOISE; noise *= 2) {
    for (const [a, row] of covariance.entries()) factor.data.set(row, a * size);
    for (let a = 0; a < size; a++) factor.data[a * size + a] = (factor.data[a * size + a] ?? 0) + noise;
    found = cholesky(factor);
  }
  return covariance.map((_, a) => {
    const column = new Float64Array(size);
    column[a] = 1;
    solveCholesky(factor, column);
    return column;
  });
}
