/** A sparse square matrix factored, pivot by pivot. */
interface SparseLu {
  readonly size: number;
  readonly pivots: readonly Pivot[];
}

interface Pivot {
  readonly row: number;
  readonly column: number;
  readonly value: number;
  /** Rows that were reduced by the pivot's, and by how much of it. */
  readonly below: readonly (readonly [row: number, factor: number])[];
  /** What else stands in the pivot's row. */
  readonly beside: readonly (readonly [column: number, value: number])[];
}

/** A pivot is at least this share of the largest entry of its column. */
const THRESHOLD = 0.1;
/** Share of the largest entry of all below which a pivot counts as nothing. */
const SINGULAR = 1e-14;

/**
 * Factors a matrix by Gaussian elimination: of the columns the one with fewest entries is next, of its rows that are
 * large enough the shortest, so that little fills in.
 * @param data shape [size, size], row-major
 * @returns undefined where the matrix is singular to working precision
 * @see Duff, Erisman, Reid: Direct Methods for Sparse Matrices, chapter 7 (Markowitz' count with threshold pivoting)
 */
export function factorSparse(data: Float64Array, size: number): SparseLu | undefined {
  const rows = Array.from({ length: size }, () => new Map<number, number>());
  const columns = Array.from({ length: size }, () => new Set<number>());
  let largest = 0;
  data.forEach((value, at) => {
    if (value === 0) return;
    const [i, j] = [Math.floor(at / size), at % size];
    rows[i]?.set(j, value);
    columns[j]?.add(i);
    largest = Math.max(largest, Math.abs(value));
  });
  const left = new Set(columns.keys());
  const pivots: Pivot[] = [];
  while (left.size > 0) {
    const column = shortest(left, columns);
    const row = pivotIn(rows, columns[column] ?? new Set(), column, SINGULAR * largest);
    if (row === undefined) return undefined;
    left.delete(column);
    pivots.push(eliminate(rows, columns, row, column));
  }
  return { size, pivots };
}

/** Fills x with the solution of A x = b; both of shape [size]. */
export function solveSparse({ pivots }: SparseLu, b: Float64Array, x: Float64Array): void {
  const y = b.slice();
  for (const { row, below } of pivots) {
    const value = y[row] ?? 0;
    if (value !== 0) for (const [i, factor] of below) y[i] = (y[i] ?? 0) - factor * value;
  }
  for (let k = pivots.length - 1; k >= 0; k--) {
    const pivot = pivots[k];
    if (pivot === undefined) continue;
    let sum = y[pivot.row] ?? 0;
    for (const [j, value] of pivot.beside) sum -= value * (x[j] ?? 0);
    x[pivot.column] = sum / pivot.value;
  }
}

function shortest(left: ReadonlySet<number>, columns: readonly ReadonlySet<number>[]): number {
  let [found, least] = [-1, Number.POSITIVE_INFINITY];
  for (const j of left) {
    const count = columns[j]?.size ?? 0;
    if (count < least) [found, least] = [j, count];
  }
  return found;
}

function pivotIn(
  rows: readonly ReadonlyMap<number, number>[],
  among: ReadonlySet<number>,
  column: number,
  least: number,
): number | undefined {
  const entry = (i: number): number => Math.abs(rows[i]?.get(column) ?? 0);
  let largest = 0;
  for (const i of among) largest = Math.max(largest, entry(i));
  if (!(largest > least)) return undefined;
  let found: number | undefined;
  let length = Number.POSITIVE_INFINITY;
  for (const i of among) {
    const own = rows[i]?.size ?? 0;
    if (own < length && entry(i) >= THRESHOLD * largest) [found, length] = [i, own];
  }
  return found;
}

/** Takes a row out and reduces the others that have an entry in the column. */
function eliminate(
  rows: readonly Map<number, number>[],
  columns: readonly Set<number>[],
  row: number,
  column: number,
): Pivot {
  const own = rows[row] ?? new Map<number, number>();
  const value = own.get(column) ?? 1;
  own.delete(column);
  for (const j of own.keys()) columns[j]?.delete(row);
  const beside = [...own];
  const below: [number, number][] = [];
  for (const i of columns[column] ?? []) {
    const other = rows[i];
    if (i === row || other === undefined) continue;
    const factor = (other.get(column) ?? 0) / value;
    other.delete(column);
    below.push([i, factor]);
    for (const [j, entry] of beside) {
      const before = other.get(j);
      if (before === undefined) columns[j]?.add(i);
      other.set(j, (before ?? 0) - factor * entry);
    }
  }
  return { row, column, value, below, beside };
}
