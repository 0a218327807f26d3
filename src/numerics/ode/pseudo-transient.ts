import { factorDense, solveLu } from "../linear/dense-lu.ts";
import { factorSparse, solveSparse } from "../linear/sparse-lu.ts";

/** A linear invariant of an autonomous system: the sum of weight x state stays `total`; it stands in for one row. */
export interface Invariant {
  /** State that the others determine through the total. */
  readonly dependent: number;
  readonly terms: readonly { readonly index: number; readonly weight: number }[];
  readonly total: number;
}

/** f(y) = 0 with dy/dt = f(y). */
export interface SteadyProblem {
  readonly size: number;
  /** Fills dy, shape [n]. */
  rhs(y: Float64Array, dy: Float64Array): void;
  /** Fills df/dy by rows, shape [n, n]. */
  jacobian(y: Float64Array, matrix: Float64Array): void;
  readonly invariants: readonly Invariant[];
  /** Magnitude below which a state counts as nothing, shape [n]. */
  readonly scale: Float64Array;
  /** States that must not fall below 0. */
  readonly positive: readonly boolean[];
}

export interface SteadySearch {
  readonly converged: boolean;
  readonly iterations: number;
  /** Largest relative rate of change left, per unit of time. */
  readonly residual: number;
  /** Whether the Jacobian was singular beyond the invariants: other states of rest lie around the one found. */
  readonly singular: boolean;
}

/** How a step went: its largest relative change, or why y is as before. */
type Step = { readonly change: number } | "refused" | "singular";

/** Largest relative change of a Newton step that counts as none. */
const CONVERGED = 1e-10;
/** Pseudo-steps beyond so many times the fastest initial time constant are Newton's. */
const NEWTON = 1e10;
/** Longest pseudo-step where the Jacobian is singular, so that rounding moves little along its null space. */
const SINGULAR = 1e5;
const LEAST_GROWTH = 2;
const MOST_GROWTH = 20;
/** What a state may fall below 0, relative to its scale: rounding. */
const UNDERSHOOT = 1e-3;

/**
 * Newton's method globalised by pseudo-transient continuation: implicit Euler steps (I/h - J) d = f with h growing as
 * the residual falls, so that it follows the time course while that is far from rest, and converges quadratically
 * near it. Rows of dependent states are the invariants.
 * @param y start; the end of the search afterwards, which meets all invariants
 * @see Kelley, Keyes 1998: Convergence analysis of pseudo-transient continuation, doi:10.1137/S0036142996304796
 */
export function findRest(problem: SteadyProblem, y: Float64Array, maxIterations = 300): SteadySearch {
  const search = new Search(problem, y);
  let residual = search.residual();
  const pace = residual > 0 ? residual : 1;
  let singular = false;
  let h = residual > 0 ? 0.1 / residual : NEWTON;
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    const longest = (singular ? SINGULAR : NEWTON) / pace;
    h = Math.min(h, longest);
    const step = search.step(h === longest && !singular ? Number.POSITIVE_INFINITY : h);
    if (step === "singular" && h === longest && !singular) {
      singular = true;
      continue;
    }
    if (typeof step === "string") {
      h = Math.min(h, 1e3 / residual) / 8;
      if (!(h * residual > 1e-9)) return { converged: false, iterations, residual, singular };
      continue;
    }
    const next = search.residual();
    if (step.change <= CONVERGED && h === longest) return { converged: true, iterations, residual: next, singular };
    h *= next > 0 ? Math.min(MOST_GROWTH, Math.max(LEAST_GROWTH, residual / next)) : MOST_GROWTH;
    residual = next;
  }
  return { converged: false, iterations: maxIterations, residual, singular };
}

/** States from which on linear systems are taken to be sparse. */
const SPARSE = 40;

/** Solves A x = b; A is overwritten. False where A is singular. */
function solved(matrix: Float64Array, n: number, b: Float64Array, x: Float64Array): boolean {
  if (n >= SPARSE) {
    const lu = factorSparse(matrix, n);
    if (lu !== undefined) solveSparse(lu, b, x);
    return lu !== undefined;
  }
  const lu = factorDense(matrix, n);
  if (lu !== undefined) solveLu(lu, b, x);
  return lu !== undefined;
}

/** The iterate with what a step needs; nothing is allocated in a step but the factors' row order. */
class Search {
  private readonly problem: SteadyProblem;
  private readonly y: Float64Array;
  private readonly f: Float64Array;
  private readonly matrix: Float64Array;
  private readonly right: Float64Array;
  private readonly d: Float64Array;
  private readonly trial: Float64Array;

  constructor(problem: SteadyProblem, y: Float64Array) {
    const n = problem.size;
    this.problem = problem;
    this.y = y;
    this.f = new Float64Array(n);
    this.matrix = new Float64Array(n * n);
    this.right = new Float64Array(n);
    this.d = new Float64Array(n);
    this.trial = new Float64Array(n);
  }

  /** Largest relative rate of change; leaves f(y) behind. */
  residual(): number {
    const { problem, y, f } = this;
    problem.rhs(y, f);
    let most = 0;
    for (let i = 0; i < f.length; i++) most = Math.max(most, Math.abs(f[i] ?? 0) / this.magnitude(i));
    return most;
  }

  /** Takes a step of length h; f(y) is that of the last `residual`. */
  step(h: number): Step {
    const { problem, y, d, trial, right } = this;
    this.assemble(1 / h);
    if (!solved(this.matrix, problem.size, right, d)) return "singular";
    let most = 0;
    for (let i = 0; i < d.length; i++) {
      const change = (d[i] ?? 0) * this.magnitude(i);
      trial[i] = (y[i] ?? 0) + change;
      most = Math.max(most, Math.abs(d[i] ?? 0));
      const least = Math.min(y[i] ?? 0, -UNDERSHOOT * (problem.scale[i] ?? 0));
      const fallen = problem.positive[i] === true && (trial[i] ?? 0) < least;
      if (fallen || !Number.isFinite(trial[i])) return "refused";
    }
    problem.rhs(trial, d);
    if (!d.every(Number.isFinite)) return "refused";
    y.set(trial);
    return { change: most };
  }

  /** (I/h - J) d = f, columns scaled by the states' magnitudes, invariants in place of rows, rows scaled to 1. */
  private assemble(inverse: number): void {
    const { problem, y, f, matrix, right } = this;
    const n = problem.size;
    problem.jacobian(y, matrix);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) matrix[i * n + j] = -(matrix[i * n + j] ?? 0) * this.magnitude(j);
      matrix[i * n + i] = (matrix[i * n + i] ?? 0) + inverse * this.magnitude(i);
      right[i] = f[i] ?? 0;
    }
    for (const { dependent, terms, total } of problem.invariants) {
      matrix.fill(0, dependent * n, (dependent + 1) * n);
      let missing = total;
      for (const { index, weight } of terms) {
        matrix[dependent * n + index] = weight * this.magnitude(index);
        missing -= weight * (y[index] ?? 0);
      }
      right[dependent] = missing;
    }
    for (let i = 0; i < n; i++) this.scaleRow(i);
  }

  private scaleRow(i: number): void {
    const { matrix, right, problem } = this;
    const n = problem.size;
    let largest = 0;
    for (let j = 0; j < n; j++) largest = Math.max(largest, Math.abs(matrix[i * n + j] ?? 0));
    if (!(largest > 0)) return;
    for (let j = 0; j < n; j++) matrix[i * n + j] = (matrix[i * n + j] ?? 0) / largest;
    right[i] = (right[i] ?? 0) / largest;
  }

  private magnitude(i: number): number {
    return Math.abs(this.y[i] ?? 0) + (this.problem.scale[i] ?? 1);
  }
}
