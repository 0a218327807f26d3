import { cholesky, dot, type Matrix, zeros } from "../linear/linalg.ts";

/** { y : lower <= offset + rows y <= upper }, full-dimensional; limits may be infinite. */
export interface Body {
  /** Each of shape [dimensions]. */
  readonly rows: readonly Float64Array[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Weights of the logarithms of the distances to both limits of each row. */
export interface BarrierWeights {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Keeps a factor of rows that nearly depend on one another positive definite, relative to the diagonal. */
const RIDGE = 1e-12;

/** Second derivatives of the weighted barrier, one a row, at values strictly within the limits. */
export function curvatures({ lower, upper }: Body, weights: BarrierWeights, values: Float64Array): Float64Array {
  return values.map((x, i) => {
    const [below, above] = [x - (lower[i] ?? 0), (upper[i] ?? 0) - x];
    return (weights.lower[i] ?? 0) / below ** 2 + (weights.upper[i] ?? 0) / above ** 2;
  });
}

/** Cholesky factor of rows' diag(weights) rows; undefined where they don't span all dimensions. */
export function factorWeighted(rows: readonly Float64Array[], weights: Float64Array): Matrix | undefined {
  const d = rows[0]?.length ?? 0;
  const hessian = zeros(d, d);
  const { data } = hessian;
  rows.forEach((row, i) => {
    const weight = weights[i] ?? 0;
    for (let k = 0; k < d; k++) {
      const scaled = weight * (row[k] ?? 0);
      if (scaled === 0) continue;
      for (let l = 0; l <= k; l++) data[k * d + l] = (data[k * d + l] ?? 0) + scaled * (row[l] ?? 0);
    }
  });
  for (let k = 0; k < d; k++) data[k * d + k] = (data[k * d + k] ?? 0) * (1 + RIDGE);
  return cholesky(hessian) ? hessian : undefined;
}

/** Of each row a: a' (L L')^-1 a. */
export function squaredNorms({ rows: d, data }: Matrix, rows: readonly Float64Array[]): Float64Array {
  const z = new Float64Array(d);
  return Float64Array.from(rows, (row) => {
    const first = row.findIndex((value) => value !== 0);
    if (first < 0) return 0;
    z.fill(0);
    for (let i = first; i < d; i++) {
      let rest = row[i] ?? 0;
      for (let k = first; k < i; k++) rest -= (data[i * d + k] ?? 0) * (z[k] ?? 0);
      z[i] = rest / (data[i * d + i] ?? 1);
    }
    return dot(z, z);
  });
}
