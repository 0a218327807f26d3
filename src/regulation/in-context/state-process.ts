import { cholesky, type Matrix, solveCholesky, zeros } from "../../numerics/linear/linalg.ts";
import type { Rows } from "./design.ts";

/** Kernel and noise of the process on the control's state, as in table E1 of the benchmarks. */
const [CONSTANT, AMPLITUDE, LENGTH, NOISE] = [0.05, 0.5, 0.6, 0.5];

/** The process of a context: its perturbed rows, and the factor of their kernel with noise. */
interface ProcessFactor {
  readonly used: readonly number[];
  readonly factor: Matrix;
}

const factors = new WeakMap<Rows, ProcessFactor>();

/**
 * A Gaussian process on the control's state: like states change alike, whatever was done. Only what was perturbed is
 * learned from.
 * @param own where the rows are the context itself, each is predicted from the others
 * @returns changes in spreads, shape [count, variables]
 */
export function stateProcess(rows: Rows, context: Rows, own: boolean): Float64Array {
  const { used, factor } = factors.get(context) ?? factorOf(context);
  const out = new Float64Array(rows.count * rows.variables);
  const solved = new Float64Array(used.length);
  for (let r = 0; r < rows.count; r++) {
    if (rows.perturbed[r] === 0) continue;
    const self = own ? used.indexOf(r) : -1;
    const part = out.subarray(r * rows.variables, (r + 1) * rows.variables);
    for (const [a, c] of used.entries()) solved[a] = self >= 0 ? (a === self ? 1 : 0) : kernel(rows, r, context, c);
    solveCholesky(factor, solved);
    // Left out, a row is predicted from the others by its row of the inverse (Rasmussen and Williams 2006, section 5.4.2).
    const scale = self >= 0 ? -1 / (solved[self] ?? 1) : 1;
    for (const [a, c] of used.entries()) if (a !== self) addChange(context, c, scale * (solved[a] ?? 0), part);
  }
  return out;
}

function factorOf(context: Rows): ProcessFactor {
  const used = [...context.perturbed.keys()].filter((c) => context.perturbed[c] === 1);
  const factor = zeros(used.length, used.length);
  for (const [a, i] of used.entries())
    for (const [b, j] of used.entries())
      factor.data[a * used.length + b] = kernel(context, i, context, j) + (a === b ? NOISE : 0);
  cholesky(factor);
  factors.set(context, { used, factor });
  return { used, factor };
}

function kernel(a: Rows, i: number, b: Rows, j: number): number {
  return CONSTANT + AMPLITUDE * nearness(a, i, b, j);
}

/** How alike the controls of two rows are, 0 to 1. */
export function nearness(a: Rows, i: number, b: Rows, j: number): number {
  let sum = 0;
  for (let v = 0; v < a.variables; v++)
    sum += ((a.state[i * a.variables + v] ?? 0) - (b.state[j * b.variables + v] ?? 0)) ** 2;
  return Math.exp(-sum / a.variables / (2 * LENGTH ** 2));
}

/** out += weight times a context row's changes. */
export function addChange({ value, known, variables: n }: Rows, row: number, weight: number, out: Float64Array): void {
  for (let v = 0; v < n; v++) out[v] = (out[v] ?? 0) + weight * (value[row * n + v] ?? 0) * (known[row * n + v] ?? 0);
}
