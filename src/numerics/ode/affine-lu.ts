import { pivotRow, swapRows } from "../linear/dense-lu.ts";

/**
 * Solves a dense linear system in place by Gaussian elimination with partial pivoting.
 * @param matrix shape [n, n], row-major; overwritten
 * @param vector shape [n]; overwritten by the solution
 * @returns false where the matrix is singular to working precision
 */
export function solveDense(matrix: Float64Array, vector: Float64Array, n: number): boolean {
  for (let k = 0; k < n; k++) {
    const p = pivotRow(matrix, n, k);
    const pivot = matrix[p * n + k] ?? 0;
    if (pivot === 0 || !Number.isFinite(pivot)) return false;
    if (p !== k) {
      swapRows(matrix, n, k, p);
      [vector[k], vector[p]] = [vector[p] ?? 0, vector[k] ?? 0];
    }
    for (let i = k + 1; i < n; i++) {
      const factor = (matrix[i * n + k] ?? 0) / pivot;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) matrix[i * n + j] = (matrix[i * n + j] ?? 0) - factor * (matrix[k * n + j] ?? 0);
      vector[i] = (vector[i] ?? 0) - factor * (vector[k] ?? 0);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = vector[i] ?? 0;
    for (let j = i + 1; j < n; j++) value -= (matrix[i * n + j] ?? 0) * (vector[j] ?? 0);
    vector[i] = value / (matrix[i * n + i] ?? 1);
  }
  return true;
}
