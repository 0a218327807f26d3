/** A dense square matrix factored as P A = L U, L and U in one array, row-major. */
export interface DenseLu {
  readonly size: number;
  readonly data: Float64Array;
  /** Row of A that stands at each row of P A, shape [size]. */
  readonly rows: Int32Array;
}

/**
 * Factors a matrix in place by Gaussian elimination with partial pivoting.
 * @param data shape [size, size], row-major; kept by the result
 * @returns undefined where the matrix is singular to working precision
 */
export function factorDense(data: Float64Array, size: number): DenseLu | undefined {
  const rows = Int32Array.from({ length: size }, (_, i) => i);
  const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let k = 0; k < size; k++) {
    const p = pivotRow(data, size, k);
    const pivot = data[p * size + k] ?? 0;
    if (!(Math.abs(pivot) > 1e-14 * scale)) return undefined;
    if (p !== k) {
      swapRows(data, size, k, p);
      [rows[k], rows[p]] = [rows[p] ?? 0, rows[k] ?? 0];
    }
    for (let i = k + 1; i < size; i++) {
      const factor = (data[i * size + k] ?? 0) / pivot;
      if (factor === 0) continue;
      data[i * size + k] = factor;
      for (let j = k + 1; j < size; j++)
        data[i * size + j] = (data[i * size + j] ?? 0) - factor * (data[k * size + j] ?? 0);
    }
  }
  return { size, data, rows };
}

/** Fills x with the solution of A x = b; both of shape [size], not the same array. */
export function solveLu({ size, data, rows }: DenseLu, b: Float64Array, x: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let value = b[rows[i] ?? 0] ?? 0;
    for (let j = 0; j < i; j++) value -= (data[i * size + j] ?? 0) * (x[j] ?? 0);
    x[i] = value;
  }
  for (let i = size - 1; i >= 0; i--) {
    let value = x[i] ?? 0;
    for (let j = i + 1; j < size; j++) value -= (data[i * size + j] ?? 0) * (x[j] ?? 0);
    x[i] = value / (data[i * size + i] ?? 1);
  }
}

/** Fills y with the solution of A' y = c; both of shape [size], not the same array; c is overwritten. */
export function solveTransposedLu({ size, data, rows }: DenseLu, c: Float64Array, y: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let value = c[i] ?? 0;
    for (let j = 0; j < i; j++) value -= (data[j * size + i] ?? 0) * (c[j] ?? 0);
    c[i] = value / (data[i * size + i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i--) {
    let value = c[i] ?? 0;
    for (let j = i + 1; j < size; j++) value -= (data[j * size + i] ?? 0) * (c[j] ?? 0);
    c[i] = value;
  }
  for (let i = 0; i < size; i++) y[rows[i] ?? 0] = c[i] ?? 0;
}

/** Row at or below the diagonal with the largest entry of column k; data of shape [size, size], row-major. */
export function pivotRow(data: Float64Array, size: number, k: number): number {
  let best = k;
  for (let i = k + 1; i < size; i++)
    if (Math.abs(data[i * size + k] ?? 0) > Math.abs(data[best * size + k] ?? 0)) best = i;
  return best;
}

/** Swaps two rows in place; data of shape [size, size], row-major. */
export function swapRows(data: Float64Array, size: number, a: number, b: number): void {
  for (let j = 0; j < size; j++) {
    const value = data[a * size + j] ?? 0;
    data[a * size + j] = data[b * size + j] ?? 0;
    data[b * size + j] = value;
  }
}
