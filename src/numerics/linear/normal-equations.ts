import type { SparseColumns } from "../programs/lp.ts";
import { type Elimination, eliminationOf, type SparsePattern } from "./sparse-elimination.ts";

/** A D A' of a sparse matrix A and a diagonal D >= 0, factored again for every D by one plan. */
export interface NormalEquations {
  /** Sum over all columns of the squares in each row, shape [rows]. */
  readonly scale: Float64Array;
  /**
   * Factors A D A' + damping x diag(scale); rows without a pivot of their own are left out.
   * @param weights diagonal of D, shape [columns]
   */
  factor(weights: Float64Array, damping: number): void;
  /** Solves with the last factors, in place; what is left out becomes 0. Shape [rows]. */
  solve(b: Float64Array): void;
}

/** A pivot smaller than this, relative to its row's scale, is none. */
const NO_PIVOT = 1e-13;

/** Plans the factors of A D A' by minimum degree. */
export function normalEquations(matrix: SparseColumns): NormalEquations {
  const { rowCount } = matrix;
  const { pattern, place } = patternOf(matrix);
  const plan = eliminationOf(pattern);
  if (plan === undefined) throw new Error("an elimination without a limit has a plan");
  const lu = new Float64Array(plan.columns.length);
  const work = new Float64Array(rowCount);
  const kept = new Uint8Array(rowCount);
  const scale = new Float64Array(rowCount);
  for (let e = 0; e < matrix.rows.length; e++) {
    const i = matrix.rows[e] ?? 0;
    scale[i] = (scale[i] ?? 0) + (matrix.values[e] ?? 0) ** 2;
  }
  return {
    scale,
    factor(weights, damping) {
      lu.fill(0);
      add(matrix, weights, place, plan, lu);
      for (let k = 0; k < rowCount; k++) {
        const d = plan.diagonal[k] ?? 0;
        lu[d] = (lu[d] ?? 0) + damping * (scale[plan.order[k] ?? 0] ?? 0);
      }
      eliminate(plan, lu, work, kept, scale);
    },
    solve: (b) => substitute(plan, lu, kept, b, work),
  };
}

/** Pattern of A A' with a full diagonal, and where the product of each pair of a column's entries lies in it. */
function patternOf({ rowCount, starts, rows }: SparseColumns) {
  const lists = Array.from({ length: rowCount }, (_, i) => new Set([i]));
  const pairs = (visit: (i: number, j: number) => void): void => {
    for (let c = 0; c + 1 < starts.length; c++)
      for (let e = starts[c] ?? 0; e < (starts[c + 1] ?? 0); e++)
        for (let f = starts[c] ?? 0; f < (starts[c + 1] ?? 0); f++) visit(rows[e] ?? 0, rows[f] ?? 0);
  };
  pairs((i, j) => lists[j]?.add(i));
  const patternRows: number[] = [];
  const patternStarts = new Int32Array(rowCount + 1);
  const at = new Map<number, number>();
  lists.forEach((list, j) => {
    for (const i of [...list].sort((a, b) => a - b)) {
      at.set(j * rowCount + i, patternRows.length);
      patternRows.push(i);
    }
    patternStarts[j + 1] = patternRows.length;
  });
  const place: number[] = [];
  pairs((i, j) => place.push(at.get(j * rowCount + i) ?? 0));
  const pattern: SparsePattern = { rows: Int32Array.from(patternRows), starts: patternStarts };
  return { pattern, place: Int32Array.from(place) };
}

/** Adds each column's outer product, times its weight, to the entries of L and U. */
function add(
  { starts, values }: SparseColumns,
  weights: Float64Array,
  place: Int32Array,
  { target }: Elimination,
  lu: Float64Array,
): void {
  let pair = 0;
  for (let c = 0; c + 1 < starts.length; c++) {
    const [from, to, weight] = [starts[c] ?? 0, starts[c + 1] ?? 0, weights[c] ?? 0];
    if (weight === 0) pair += (to - from) ** 2;
    else
      for (let e = from; e < to; e++)
        for (let f = from; f < to; f++) {
          const t = target[place[pair++] ?? 0] ?? 0;
          lu[t] = (lu[t] ?? 0) + weight * (values[e] ?? 0) * (values[f] ?? 0);
        }
  }
}

/** L U of what stands in `lu`, row by row; L has ones on its diagonal. */
function eliminate(
  { starts, columns, diagonal, order }: Elimination,
  lu: Float64Array,
  work: Float64Array,
  kept: Uint8Array,
  scale: Float64Array,
): void {
  for (let i = 0; i < order.length; i++) {
    const [from, to, middle] = [starts[i] ?? 0, starts[i + 1] ?? 0, diagonal[i] ?? 0];
    for (let e = from; e < to; e++) work[columns[e] ?? 0] = lu[e] ?? 0;
    for (let e = from; e < middle; e++) {
      const k = columns[e] ?? 0;
      if (kept[k] === 0) work[k] = 0;
      const factor = (work[k] ?? 0) / (lu[diagonal[k] ?? 0] ?? 1);
      work[k] = factor;
      if (factor === 0) continue;
      for (let f = (diagonal[k] ?? 0) + 1; f < (starts[k + 1] ?? 0); f++) {
        const c = columns[f] ?? 0;
        work[c] = (work[c] ?? 0) - factor * (lu[f] ?? 0);
      }
    }
    kept[i] = (work[i] ?? 0) > NO_PIVOT * (scale[order[i] ?? 0] ?? 0) ? 1 : 0;
    for (let e = from; e < to; e++) {
      lu[e] = work[columns[e] ?? 0] ?? 0;
      work[columns[e] ?? 0] = 0;
    }
    if (kept[i] === 0) lu[middle] = 1;
  }
}

function substitute(
  { starts, columns, diagonal, order }: Elimination,
  lu: Float64Array,
  kept: Uint8Array,
  b: Float64Array,
  x: Float64Array,
): void {
  const n = order.length;
  for (let i = 0; i < n; i++) {
    let sum = b[order[i] ?? 0] ?? 0;
    for (let e = starts[i] ?? 0; e < (diagonal[i] ?? 0); e++) sum -= (lu[e] ?? 0) * (x[columns[e] ?? 0] ?? 0);
    x[i] = kept[i] === 0 ? 0 : sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let e = (diagonal[i] ?? 0) + 1; e < (starts[i + 1] ?? 0); e++) sum -= (lu[e] ?? 0) * (x[columns[e] ?? 0] ?? 0);
    x[i] = kept[i] === 0 ? 0 : sum / (lu[diagonal[i] ?? 0] ?? 1);
  }
  for (let i = 0; i < n; i++) b[order[i] ?? 0] = x[i] ?? 0;
  x.fill(0);
}
