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
    if (p !== k) swapRows(matrix, vector, n, k, p);
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

function pivotRow(matrix: Float64Array, n: number, k: number): number {
  let best = k;
  for (let i = k + 1; i < n; i++) if (Math.abs(matrix[i * n + k] ?? 0) > Math.abs(matrix[best * n + k] ?? 0)) best = i;
  return best;
}

function swapRows(matrix: Float64Array, vector: Float64Array, n: number, a: number, b: number): void {
  for (let j = 0; j < n; j++) {
    const value = matrix[a * n + j] ?? 0;
    matrix[a * n + j] = matrix[b * n + j] ?? 0;
    matrix[b * n + j] = value;
  }
  const value = vector[a] ?? 0;
  vector[a] = vector[b] ?? 0;
  vector[b] = value;
}
