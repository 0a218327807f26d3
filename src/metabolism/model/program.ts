import type { LinearProgram, SparseColumns } from "../../numerics/programs/lp.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";

/** The flux balance problem as it stands: one column a reaction. */
export function netProgram(model: FluxModel): LinearProgram {
  const zero = new Float64Array(model.metabolites.length);
  return {
    sense: model.sense,
    matrix: model.stoichiometry,
    cost: model.objective,
    lower: model.bounds.lower,
    upper: model.bounds.upper,
    rowLower: zero,
    rowUpper: zero,
    ...(model.integer === undefined ? {} : { integer: model.integer, gap: EXACT }),
  };
}

/** How far, relative, a search over whole numbers may end from what can't be beaten: growth is wanted to nine digits. */
const EXACT = 1e-9;

/**
 * Every flux as forward minus backward, both >= 0, so that |v| is linear: columns 2j and 2j + 1 of reaction j.
 * The last row is the model's objective, without limits.
 */
export function splitProgram(model: FluxModel): LinearProgram {
  const n = model.reactions.length;
  const { lower, upper } = splitBounds(model.bounds);
  const cost = new Float64Array(2 * n);
  for (let j = 0; j < n; j++) {
    cost[2 * j] = model.objective[j] ?? 0;
    cost[2 * j + 1] = -(model.objective[j] ?? 0);
  }
  const rowLower = new Float64Array(model.metabolites.length + 1);
  const rowUpper = rowLower.slice();
  rowLower[model.metabolites.length] = Number.NEGATIVE_INFINITY;
  rowUpper[model.metabolites.length] = Number.POSITIVE_INFINITY;
  const matrix = splitColumns(withRow(model.stoichiometry, model.objective));
  const integer = model.integer && Uint8Array.from({ length: 2 * n }, (_, k) => model.integer?.[k >> 1] ?? 0);
  const whole = integer === undefined ? {} : { integer, gap: EXACT };
  return { sense: model.sense, matrix, cost, lower, upper, rowLower, rowUpper, ...whole };
}

/** Bounds of the split columns; fills `into` where given. */
export function splitBounds(bounds: FluxBounds, into?: FluxBounds): FluxBounds {
  const n = bounds.lower.length;
  const { lower, upper } = into ?? { lower: new Float64Array(2 * n), upper: new Float64Array(2 * n) };
  for (let j = 0; j < n; j++) {
    const lb = bounds.lower[j] ?? 0;
    const ub = bounds.upper[j] ?? 0;
    lower[2 * j] = Math.max(lb, 0);
    upper[2 * j] = Math.max(ub, 0);
    lower[2 * j + 1] = Math.max(-ub, 0);
    upper[2 * j + 1] = Math.max(-lb, 0);
  }
  return { lower, upper };
}

/** Net fluxes of split columns, shape [reactions]; fills `into` where given. */
export function netFluxes(split: Float64Array, into = new Float64Array(split.length >> 1)): Float64Array {
  for (let j = 0; j < into.length; j++) into[j] = (split[2 * j] ?? 0) - (split[2 * j + 1] ?? 0);
  return into;
}

/** A matrix with every column twice, the second with its sign turned. */
export function splitColumns({ rowCount, starts, rows, values }: SparseColumns): SparseColumns {
  const n = starts.length - 1;
  const total = starts[n] ?? 0;
  const out = {
    starts: new Int32Array(2 * n + 1),
    rows: new Int32Array(2 * total),
    values: new Float64Array(2 * total),
  };
  let at = 0;
  for (let j = 0; j < n; j++) {
    for (const sign of [1, -1]) {
      for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
        out.rows[at] = rows[k] ?? 0;
        out.values[at++] = sign * (values[k] ?? 0);
      }
      out.starts[2 * j + (sign === 1 ? 1 : 2)] = at;
    }
  }
  return { rowCount, ...out };
}

/** A matrix with one more row at its end. */
export function withRow({ rowCount, starts, rows, values }: SparseColumns, row: Float64Array): SparseColumns {
  const n = starts.length - 1;
  const outStarts = new Int32Array(n + 1);
  const outRows: number[] = [];
  const outValues: number[] = [];
  for (let j = 0; j < n; j++) {
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      outRows.push(rows[k] ?? 0);
      outValues.push(values[k] ?? 0);
    }
    const last = row[j] ?? 0;
    if (last !== 0) {
      outRows.push(rowCount);
      outValues.push(last);
    }
    outStarts[j + 1] = outRows.length;
  }
  return {
    rowCount: rowCount + 1,
    starts: outStarts,
    rows: Int32Array.from(outRows),
    values: Float64Array.from(outValues),
  };
}

/** A matrix with a row for each set at its end: the sum of the set's columns. */
export function withSums(matrix: SparseColumns, sets: readonly (readonly number[])[]): SparseColumns {
  const count = matrix.starts.length - 1;
  const sums: number[][] = Array.from({ length: count }, () => []);
  sets.forEach((set, k) => {
    for (const c of set) sums[c]?.push(matrix.rowCount + k);
  });
  const builder = matrixBuilder(matrix.rowCount + sets.length);
  for (const [c, rows] of sums.entries()) {
    builder.column(matrix, c);
    for (const row of rows) builder.entry(row, 1);
    builder.end();
  }
  return builder.matrix();
}

/** A matrix with one more column at its end. */
export function withColumn(matrix: SparseColumns, rows: readonly number[], values: readonly number[]): SparseColumns {
  const starts = Int32Array.from([...matrix.starts, matrix.rows.length + rows.length]);
  return {
    rowCount: matrix.rowCount,
    starts,
    rows: Int32Array.from([...matrix.rows, ...rows]),
    values: Float64Array.from([...matrix.values, ...values]),
  };
}

/** How far the weights of `flux` differ from 1: enough to decide between equals, too little to prefer a larger sum. */
const TIE = 1e-5;

/**
 * Weight of each |v| in total flux, 1 to 1 + 10^-5 by the reaction's id. Several distributions can have the same least
 * total flux; with these weights one of them is best, whatever the order of reactions in the file. What is no
 * reaction weighs nothing.
 * @returns shape [reactions]
 */
export function fluxWeights(model: FluxModel): Float64Array {
  return Float64Array.from(model.reactions, ({ id, auxiliary }) => {
    if (auxiliary === true) return 0;
    let hash = 0x811c9dc5;
    for (let k = 0; k < id.length; k++) hash = Math.imul(hash ^ id.charCodeAt(k), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return 1 + TIE * (((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32);
  });
}

/** Builds a sparse matrix entry by entry, one column after the other. */
export function matrixBuilder(rowCount: number) {
  const starts = [0];
  const rows: number[] = [];
  const values: number[] = [];
  const entry = (row: number, value: number): void => {
    if (value === 0) return;
    rows.push(row);
    values.push(value);
  };
  return {
    entry,
    /** A column of another matrix, times a factor. */
    column(matrix: SparseColumns, c: number, factor = 1): void {
      for (let k = matrix.starts[c] ?? 0; k < (matrix.starts[c + 1] ?? 0); k++)
        entry(matrix.rows[k] ?? 0, factor * (matrix.values[k] ?? 0));
    },
    /** Ends the present column. */
    end(): void {
      starts.push(rows.length);
    },
    matrix: (): SparseColumns => ({
      rowCount,
      starts: Int32Array.from(starts),
      rows: Int32Array.from(rows),
      values: Float64Array.from(values),
    }),
  };
}
