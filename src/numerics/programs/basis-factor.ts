import { factorDense, solveLu, solveTransposedLu } from "../linear/dense-lu.ts";
import type { SparseColumns } from "./lp.ts";

/** A square choice of columns, ready to be solved with many times. */
export interface BasisFactor {
  /** Fills x (by position among the columns) with the solution of B x = b; b is overwritten. Both of shape [rows]. */
  solve(b: Float64Array, x: Float64Array): void;
  /** Fills y (by row) with the solution of B' y = c, c by position among the columns. Both of shape [rows]. */
  solveTransposed(c: Float64Array, y: Float64Array): void;
}

/** In which order rows and columns are eliminated: first columns, then rows with one entry left; a core remains. */
interface Order {
  readonly columnFirst: readonly Pivot[];
  readonly rowFirst: readonly Pivot[];
  readonly coreRows: readonly number[];
  readonly coreColumns: readonly number[];
}

interface Pivot {
  readonly row: number;
  /** Position among the columns. */
  readonly column: number;
  readonly value: number;
}

/**
 * Factors the square matrix of some columns of A. Bases of flux balance problems are triangular but for a small core:
 * columns, then rows with a single entry left are taken off without fill, and the core is factored densely.
 * @param columns indices of the columns of `matrix`, as many as it has rows
 * @returns undefined where the columns are dependent
 */
export function factorBasis(matrix: SparseColumns, columns: Int32Array): BasisFactor | undefined {
  const order = eliminationOrder(matrix, columns);
  const core = coreOf(matrix, columns, order);
  const lu = factorDense(core, order.coreColumns.length);
  if (lu === undefined || order.coreRows.length !== order.coreColumns.length) return undefined;
  const { starts, rows, values } = matrix;
  const { columnFirst, rowFirst, coreRows, coreColumns } = order;
  const [small, solved] = [new Float64Array(lu.size), new Float64Array(lu.size)];

  const subtract = (b: Float64Array, column: number, x: number): void => {
    if (x === 0) return;
    const j = columns[column] ?? 0;
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      const row = rows[k] ?? 0;
      b[row] = (b[row] ?? 0) - (values[k] ?? 0) * x;
    }
  };
  const settle = (b: Float64Array, x: Float64Array, { row, column, value }: Pivot): void => {
    const found = (b[row] ?? 0) / value;
    x[column] = found;
    subtract(b, column, found);
  };
  const rest = (c: Float64Array, y: Float64Array, column: number): number => {
    const j = columns[column] ?? 0;
    let value = c[column] ?? 0;
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) value -= (values[k] ?? 0) * (y[rows[k] ?? 0] ?? 0);
    return value;
  };

  return {
    solve(b, x) {
      for (const pivot of rowFirst) settle(b, x, pivot);
      for (let i = 0; i < lu.size; i++) small[i] = b[coreRows[i] ?? 0] ?? 0;
      solveLu(lu, small, solved);
      for (let i = 0; i < lu.size; i++) {
        const column = coreColumns[i] ?? 0;
        x[column] = solved[i] ?? 0;
        subtract(b, column, solved[i] ?? 0);
      }
      for (let k = columnFirst.length - 1; k >= 0; k--) {
        const pivot = columnFirst[k];
        if (pivot !== undefined) settle(b, x, pivot);
      }
    },
    solveTransposed(c, y) {
      y.fill(0);
      for (const { row, column, value } of columnFirst) y[row] = rest(c, y, column) / value;
      for (let i = 0; i < lu.size; i++) small[i] = rest(c, y, coreColumns[i] ?? 0);
      solveTransposedLu(lu, small, solved);
      for (let i = 0; i < lu.size; i++) y[coreRows[i] ?? 0] = solved[i] ?? 0;
      for (let k = rowFirst.length - 1; k >= 0; k--) {
        const pivot = rowFirst[k];
        if (pivot !== undefined) y[pivot.row] = rest(c, y, pivot.column) / pivot.value;
      }
    },
  };
}

function eliminationOrder(matrix: SparseColumns, columns: Int32Array): Order {
  const { starts, rows, values, rowCount } = matrix;
  const entries = Array.from(columns, (j) => range(starts[j] ?? 0, starts[j + 1] ?? 0));
  const ofRow: [column: number, value: number][][] = Array.from({ length: rowCount }, () => []);
  entries.forEach((list, column) => {
    for (const k of list) ofRow[rows[k] ?? 0]?.push([column, values[k] ?? 0]);
  });
  const rowLeft = new Uint8Array(rowCount).fill(1);
  const columnLeft = new Uint8Array(columns.length).fill(1);
  const ofColumn = entries.map((list) => list.map((k): [number, number] => [rows[k] ?? 0, values[k] ?? 0]));
  const columnFirst = singles(ofColumn, ofRow, columnLeft, rowLeft).map(({ own, other, value }) => ({
    row: other,
    column: own,
    value,
  }));
  const rowFirst = singles(ofRow, ofColumn, rowLeft, columnLeft).map(({ own, other, value }) => ({
    row: own,
    column: other,
    value,
  }));
  const left = (flags: Uint8Array) => [...flags.keys()].filter((i) => flags[i] === 1);
  return { columnFirst, rowFirst, coreRows: left(rowLeft), coreColumns: left(columnLeft) };
}

type Lines = readonly (readonly (readonly [other: number, value: number])[])[];

/** Takes off lines (columns or rows) with a single entry left among the other lines, until there is none. */
function singles(own: Lines, others: Lines, ownLeft: Uint8Array, otherLeft: Uint8Array) {
  const counts = own.map((line) => line.filter(([other]) => otherLeft[other] === 1).length);
  const queue = [...own.keys()].filter((i) => ownLeft[i] === 1 && counts[i] === 1);
  const found: { own: number; other: number; value: number }[] = [];
  for (const i of queue) {
    const entry = ownLeft[i] === 1 ? own[i]?.find(([other]) => otherLeft[other] === 1) : undefined;
    if (entry === undefined) continue;
    const [other, value] = entry;
    found.push({ own: i, other, value });
    ownLeft[i] = 0;
    otherLeft[other] = 0;
    for (const [line] of others[other] ?? []) {
      const left = (counts[line] ?? 0) - 1;
      counts[line] = left;
      if (left === 1 && ownLeft[line] === 1) queue.push(line);
    }
  }
  return found;
}

function coreOf({ starts, rows, values }: SparseColumns, columns: Int32Array, order: Order): Float64Array {
  const size = order.coreColumns.length;
  const place = new Map(order.coreRows.map((row, i) => [row, i]));
  const core = new Float64Array(size * size);
  order.coreColumns.forEach((column, at) => {
    const j = columns[column] ?? 0;
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      const i = place.get(rows[k] ?? 0);
      if (i !== undefined) core[i * size + at] = values[k] ?? 0;
    }
  });
  return core;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, k) => from + k);
}
