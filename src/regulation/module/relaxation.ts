import type { Contribution } from "../../cell/module.ts";
import { between, parabola } from "../../cell/window.ts";

/**
 * The target over one piece of a window, from `from` to `to` of its length. With u in [0, 1] along the piece it is
 * start + u (end - start) + 4 u (1 - u) bend.
 */
export interface TargetPiece {
  readonly from: number;
  readonly to: number;
  /** Shape [variables]. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** How far the middle lies off the line; straight where absent. */
  readonly bend?: Float64Array;
}

/**
 * dx/dt = k (F - x) + rates of others, over a window. With s in [0, 1] along the window k and the rates are quadratic in
 * s and F is quadratic piece by piece; the rates may answer to x.
 */
export interface Relaxation {
  /** Length of the window, hours. */
  readonly duration: number;
  /** 1/h at both ends, and the departure from the line between them (see `parabola`); 0 where absent. */
  readonly k0: number;
  readonly k1: number;
  readonly kBend?: number;
  /** F, piece after piece over [0, 1]. */
  readonly target: readonly TargetPiece[];
  /** x at the start, shape [variables]. */
  readonly start: Float64Array;
  /** 1 where x is held, shape [variables]. */
  readonly held: Uint8Array;
  readonly contributions: readonly Contribution[];
}

const ORDER = 24;
const MOST_PARTS = 20_000;

/** Room for the series of `relax`: coefficient by coefficient, each of shape [variables]. */
export function seriesRoom(variables: number): readonly Float64Array[] {
  return Array.from({ length: ORDER + 1 }, () => new Float64Array(variables));
}

/**
 * The solution at `share` of the window by Taylor series: the system is linear with polynomial coefficients, so the
 * coefficients follow by recurrence and the result is exact to rounding.
 * @param x filled with the solution, shape [variables]
 * @param moved filled with the integral of each contribution's rate, where given
 * @param series room to work in, as `seriesRoom` makes it; whoever asks often keeps it
 * @returns false where the rates of others are too stiff for that
 */
export function relax(
  problem: Relaxation,
  share: number,
  x: Float64Array,
  moved?: Float64Array,
  series = seriesRoom(x.length),
): boolean {
  x.set(problem.start);
  moved?.fill(0);
  const speed = 2 * problem.duration * fastest(problem);
  if (!(speed <= MOST_PARTS)) return false;
  const rates = new Float64Array(problem.contributions.length);
  for (const piece of problem.target) {
    const end = Math.min(piece.to, share);
    const parts = Math.max(1, Math.ceil(speed * (end - piece.from)));
    for (let p = 0; p < parts && end > piece.from; p++) {
      const from = piece.from + ((end - piece.from) * p) / parts;
      const to = piece.from + ((end - piece.from) * (p + 1)) / parts;
      expand({ problem, piece, from, to, series, rates, moved }, x);
    }
  }
  return true;
}

/** An upper bound of the rates at which x forgets, 1/h. */
function fastest({ k0, k1, kBend = 0, contributions }: Relaxation): number {
  let rate = Math.max(k0, k1) + Math.abs(kBend) / 4;
  for (const { feedback } of contributions) {
    for (const { slope0, slope1 } of feedback) rate += Math.max(Math.abs(slope0), Math.abs(slope1));
  }
  return rate;
}

/** A stretch within one piece, with room for its series. */
interface Stretch {
  readonly problem: Relaxation;
  readonly piece: TargetPiece;
  readonly from: number;
  readonly to: number;
  readonly series: readonly Float64Array[];
  readonly rates: Float64Array;
  readonly moved: Float64Array | undefined;
}

/** The series about the stretch's start, summed at its end. */
function expand(stretch: Stretch, x: Float64Array): void {
  const { problem, from, to, series, rates, moved } = stretch;
  const { k0, k1, kBend = 0, held, contributions, duration } = problem;
  const step = duration * (to - from);
  const k = parabolaTerm(k0, k1, kBend, from, to, 0);
  const rise = parabolaTerm(k0, k1, kBend, from, to, 1);
  const curve = parabolaTerm(k0, k1, kBend, from, to, 2);
  series[0]?.set(x);
  for (let n = 0; n < ORDER; n++) {
    const now = series[n] ?? x;
    const next = series[n + 1] ?? x;
    next.fill(0);
    contributionTerms(stretch, n);
    for (let c = 0; c < rates.length; c++) {
      const target = contributions[c]?.target ?? 0;
      next[target] = (next[target] ?? 0) + (rates[c] ?? 0);
      if (moved !== undefined) moved[c] = (moved[c] ?? 0) + (step * (rates[c] ?? 0)) / (n + 1);
    }
    const before = series[n - 1];
    const earlier = series[n - 2];
    // F is a parabola: it is in no coefficient beyond the fourth.
    const targeted = n <= 4;
    let largest = 0;
    for (let i = 0; i < x.length; i++) {
      if (held[i] === 1) {
        next[i] = 0;
        continue;
      }
      const pull = targeted
        ? k * (targetTerm(stretch, i, n) - (now[i] ?? 0)) +
          rise * (targetTerm(stretch, i, n - 1) - (before?.[i] ?? 0)) +
          curve * (targetTerm(stretch, i, n - 2) - (earlier?.[i] ?? 0))
        : -(k * (now[i] ?? 0) + rise * (before?.[i] ?? 0) + curve * (earlier?.[i] ?? 0));
      const term = (((next[i] ?? 0) + pull) * step) / (n + 1);
      next[i] = term;
      x[i] = (x[i] ?? 0) + term;
      largest = Math.max(largest, Math.abs(term) / (1e-300 + Math.abs(x[i] ?? 0)));
    }
    if (n > 4 && largest < 1e-18) return;
  }
}

/** Coefficient n of F along the stretch. */
function targetTerm({ piece, from, to }: Stretch, i: number, n: number): number {
  if (n < 0 || n > 2) return 0;
  const length = piece.to - piece.from;
  const u = (from - piece.from) / length;
  const step = (to - from) / length;
  const start = piece.start[i] ?? 0;
  const rise = (piece.end[i] ?? 0) - start;
  const bend = 4 * (piece.bend?.[i] ?? 0);
  if (n === 0) return start + u * rise + bend * u * (1 - u);
  return n === 1 ? step * (rise + bend * (1 - 2 * u)) : -bend * step * step;
}

/** Coefficient n of each contribution's rate along the stretch. */
function contributionTerms({ problem, from, to, series, rates }: Stretch, n: number): void {
  for (let c = 0; c < rates.length; c++) {
    const contribution = problem.contributions[c];
    if (contribution === undefined) continue;
    const { rate0, rate1, bend = 0 } = contribution;
    let rate = parabolaTerm(rate0, rate1, bend, from, to, n);
    for (const f of contribution.feedback) {
      const slope = between(f.slope0, f.slope1, from);
      const rise = between(f.slope0, f.slope1, to) - slope;
      const away = (m: number): number =>
        m < 0 ? 0 : (series[m]?.[f.variable] ?? 0) - parabolaTerm(f.anchor0, f.anchor1, f.anchorBend ?? 0, from, to, m);
      rate += slope * away(n) + rise * away(n - 1);
    }
    rates[c] = rate;
  }
}

/** Coefficient n, in steps from `from` to `to`, of a0 + s (a1 - a0) + s (s - 1) bend. */
function parabolaTerm(a0: number, a1: number, bend: number, from: number, to: number, n: number): number {
  const step = to - from;
  if (n === 0) return parabola(a0, a1, bend, from);
  if (n === 1) return step * (a1 - a0 + (2 * from - 1) * bend);
  return n === 2 ? step * step * bend : 0;
}
