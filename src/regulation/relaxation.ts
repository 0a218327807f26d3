import type { Contribution } from "../cell/module.ts";
import { between } from "../cell/window.ts";

/**
 * dx/dt = k (F - x) + rates of others, over a window. With s in [0, 1] along the window k, F and the rates are linear
 * in s; the rates may answer to x.
 */
export interface Relaxation {
  /** Length of the window, hours. */
  readonly duration: number;
  /** 1/h at both ends. */
  readonly k0: number;
  readonly k1: number;
  /** F at both ends, shape [variables]. */
  readonly target0: Float64Array;
  readonly target1: Float64Array;
  /** x at the start, shape [variables]. */
  readonly start: Float64Array;
  /** 1 where x is held, shape [variables]. */
  readonly held: Uint8Array;
  readonly contributions: readonly Contribution[];
}

const ORDER = 24;
const MOST_PARTS = 20_000;

/**
 * The solution at `share` of the window by Taylor series: the system is linear with linear coefficients, so the
 * coefficients follow by recurrence and the result is exact to rounding.
 * @param x filled with the solution, shape [variables]
 * @param moved filled with the integral of each contribution's rate, where given
 * @returns false where the rates of others are too stiff for that
 */
export function relax(problem: Relaxation, share: number, x: Float64Array, moved?: Float64Array): boolean {
  x.set(problem.start);
  moved?.fill(0);
  const parts = Math.max(1, Math.ceil(2 * share * problem.duration * fastest(problem)));
  if (!(parts <= MOST_PARTS)) return false;
  const series = Array.from({ length: ORDER + 1 }, () => new Float64Array(x.length));
  const rates = new Float64Array(problem.contributions.length);
  for (let p = 0; p < parts; p++) {
    const from = (share * p) / parts;
    expand(problem, from, (share * (p + 1)) / parts, x, series, rates, moved);
  }
  return true;
}

/** An upper bound of the rates at which x forgets, 1/h. */
function fastest({ k0, k1, contributions }: Relaxation): number {
  let rate = Math.max(k0, k1);
  for (const { feedback } of contributions) {
    for (const { slope0, slope1 } of feedback) rate += Math.max(Math.abs(slope0), Math.abs(slope1));
  }
  return rate;
}

/** One stretch: the series about its start, summed at its end. */
function expand(
  problem: Relaxation,
  from: number,
  to: number,
  x: Float64Array,
  series: readonly Float64Array[],
  rates: Float64Array,
  moved: Float64Array | undefined,
): void {
  const { k0, k1, held, contributions, duration } = problem;
  const step = duration * (to - from);
  const k = between(k0, k1, from);
  const rise = between(k0, k1, to) - k;
  series[0]?.set(x);
  for (let n = 0; n < ORDER; n++) {
    const now = series[n] ?? x;
    const next = series[n + 1] ?? x;
    next.fill(0);
    contributionTerms(contributions, from, to, n, series, rates);
    for (let c = 0; c < rates.length; c++) {
      const target = contributions[c]?.target ?? 0;
      next[target] = (next[target] ?? 0) + (rates[c] ?? 0);
      if (moved !== undefined) moved[c] = (moved[c] ?? 0) + (step * (rates[c] ?? 0)) / (n + 1);
    }
    let largest = 0;
    for (let i = 0; i < x.length; i++) {
      const pull = targetTerm(problem, i, n, from, to) - k * (now[i] ?? 0) - rise * (series[n - 1]?.[i] ?? 0);
      const term = held[i] === 1 ? 0 : (((next[i] ?? 0) + pull) * step) / (n + 1);
      next[i] = term;
      x[i] = (x[i] ?? 0) + term;
      largest = Math.max(largest, Math.abs(term) / (1e-300 + Math.abs(x[i] ?? 0)));
    }
    if (n > 3 && largest < 1e-18) return;
  }
}

/** Coefficient n of k F along the stretch. */
function targetTerm({ k0, k1, target0, target1 }: Relaxation, i: number, n: number, from: number, to: number): number {
  if (n > 2) return 0;
  const k = between(k0, k1, from);
  const rise = between(k0, k1, to) - k;
  const f0 = target0[i] ?? 0;
  const f = between(f0, target1[i] ?? 0, from);
  const slope = between(f0, target1[i] ?? 0, to) - f;
  return n === 0 ? k * f : n === 1 ? k * slope + rise * f : rise * slope;
}

/** Coefficient n of each contribution's rate along the stretch. */
function contributionTerms(
  contributions: readonly Contribution[],
  from: number,
  to: number,
  n: number,
  series: readonly Float64Array[],
  rates: Float64Array,
): void {
  for (let c = 0; c < rates.length; c++) {
    const contribution = contributions[c];
    if (contribution === undefined) continue;
    let rate = linearTerm(contribution.rate0, contribution.rate1, from, to, n);
    for (const f of contribution.feedback) {
      const slope = between(f.slope0, f.slope1, from);
      const rise = between(f.slope0, f.slope1, to) - slope;
      const away = (m: number): number =>
        m < 0 ? 0 : (series[m]?.[f.variable] ?? 0) - linearTerm(f.anchor0, f.anchor1, from, to, m);
      rate += slope * away(n) + rise * away(n - 1);
    }
    rates[c] = rate;
  }
}

function linearTerm(a0: number, a1: number, from: number, to: number, n: number): number {
  const a = between(a0, a1, from);
  return n === 0 ? a : n === 1 ? between(a0, a1, to) - a : 0;
}
