import { CellweaveError } from "../../errors.ts";
import { cholesky, type Matrix, solveCholesky, zeros } from "../../numerics/linear/linalg.ts";

/** Expression of all genes as a linear function of activities. */
export interface GeneDecoder {
  /** The change of expression that goes with a change of activities, shape [genes]. */
  decode(change: Float64Array): Float64Array;
}

/**
 * Ridge regression of expression on activities over samples, both centred.
 * @param activities one array for each sample, shape [iModulons]
 * @param expression one array for each sample, shape [genes]
 * @param ridge added to the diagonal of X'X
 */
export function geneDecoder(
  activities: readonly Float64Array[],
  expression: readonly Float64Array[],
  ridge: number,
): GeneDecoder {
  const x = centred(activities);
  const y = centred(expression);
  const inputs = x[0]?.length ?? 0;
  const factor = zeros(inputs, inputs);
  for (const row of x) addOuter(factor, row, row);
  for (let i = 0; i < inputs; i++) factor.data[i * inputs + i] = (factor.data[i * inputs + i] ?? 0) + ridge;
  if (!cholesky(factor)) throw new CellweaveError("evaluate/decoder", "no samples to fit gene weights on");
  return {
    // Y' X (X'X + ridge)^-1 change: one solve, then two products with the samples.
    decode(change) {
      const solved = change.slice();
      solveCholesky(factor, solved);
      const out = new Float64Array(y[0]?.length ?? 0);
      for (const [s, row] of x.entries()) {
        let weight = 0;
        for (let i = 0; i < inputs; i++) weight += (row[i] ?? 0) * (solved[i] ?? 0);
        const values = y[s] ?? out;
        for (let g = 0; g < out.length; g++) out[g] = (out[g] ?? 0) + weight * (values[g] ?? 0);
      }
      return out;
    },
  };
}

function centred(rows: readonly Float64Array[]): Float64Array[] {
  const mean = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (row[i] ?? 0) / rows.length;
  return rows.map((row) => row.map((value, i) => value - (mean[i] ?? 0)));
}

function addOuter({ columns, data }: Matrix, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) {
    const value = a[i] ?? 0;
    for (let j = 0; j < b.length; j++) data[i * columns + j] = (data[i * columns + j] ?? 0) + value * (b[j] ?? 0);
  }
}
