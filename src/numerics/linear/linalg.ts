/** A dense matrix, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Shape [rows, columns]. */
  readonly data: Float64Array;
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

/**
 * Cholesky factor of a symmetric positive definite matrix, in place: the lower triangle becomes L, A = L L'.
 * @returns false where the matrix is not positive definite (contents are then undefined)
 */
export function cholesky({ rows: n, data: a }: Matrix): boolean {
  for (let j = 0; j < n; j++) {
    let diagonal = a[j * n + j] ?? 0;
    for (let k = 0; k < j; k++) diagonal -= (a[j * n + k] ?? 0) ** 2;
    if (!(diagonal > 0)) return false;
    const pivot = Math.sqrt(diagonal);
    a[j * n + j] = pivot;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (a[i * n + k] ?? 0) * (a[j * n + k] ?? 0);
      a[i * n + j] = sum / pivot;
    }
  }
  return true;
}

/** Solves L L' x = b in place. */
export function solveCholesky({ rows: n, data: l }: Matrix, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] ?? 0) * (b[k] ?? 0);
    b[i] = sum / (l[i * n + i] ?? 1);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= (l[k * n + i] ?? 0) * (b[k] ?? 0);
    b[i] = sum / (l[i * n + i] ?? 1);
  }
}

/** Inner product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * Sums for least squares with a ridge, rows added one at a time: w = (X'X + ridge I)^-1 X'y.
 * @param features number of columns of X
 */
export function ridgeSums(features: number) {
  const gram = zeros(features, features);
  const moments = new Float64Array(features);
  return {
    gram,
    moments,
    /** The rows of other sums too. */
    merge(other: { readonly gram: Matrix; readonly moments: Float64Array }): void {
      for (const [i, value] of other.gram.data.entries()) gram.data[i] = (gram.data[i] ?? 0) + value;
      for (const [i, value] of other.moments.entries()) moments[i] = (moments[i] ?? 0) + value;
    },
    /** One row of X, shape [features], and its target. */
    add(x: Float64Array, y: number): void {
      for (let i = 0; i < features; i++) {
        const xi = x[i] ?? 0;
        moments[i] = (moments[i] ?? 0) + xi * y;
        for (let j = 0; j <= i; j++) {
          gram.data[i * features + j] = (gram.data[i * features + j] ?? 0) + xi * (x[j] ?? 0);
        }
      }
    },
    /**
     * One output of generalised least squares: those columns of X that aren't all zero, [feature, values], and its targets.
     * @param weigh the inverse covariance times a vector
     * @param unit the output's variance beside the others'
     */
    addOutput(
      columns: readonly (readonly [number, Float64Array])[],
      y: Float64Array,
      weigh: (values: Float64Array) => Float64Array,
      unit = 1,
    ): void {
      for (const [f, x] of columns) {
        const weighed = weigh(x);
        moments[f] = (moments[f] ?? 0) + dot(weighed, y) / unit;
        for (const [g, other] of columns)
          gram.data[f * features + g] = (gram.data[f * features + g] ?? 0) + dot(weighed, other) / unit;
      }
    },
    /** Weights, shape [features]; ridge > 0 keeps the matrix positive definite. */
    solve(ridge: number): Float64Array {
      const factor = { ...gram, data: gram.data.slice() };
      for (let i = 0; i < features; i++) factor.data[i * features + i] = (gram.data[i * features + i] ?? 0) + ridge;
      const weights = moments.slice();
      if (!cholesky(factor)) return weights.fill(Number.NaN);
      solveCholesky(factor, weights);
      return weights;
    },
  };
}
