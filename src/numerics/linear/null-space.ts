/**
 * A basis of { x : A x = 0 }, by Gauss-Jordan elimination with row pivoting.
 * @param a rows of A, each of shape [columns]; left as they are
 * @param tolerance entries smaller than this, relative to the largest of A, count as zero
 * @returns basis vectors, each of shape [columns]
 */
export function nullSpace(a: readonly Float64Array[], columns: number, tolerance = 1e-10): Float64Array[] {
  const rows = a.map((row) => row.slice());
  const largest = rows.reduce((most, row) => row.reduce((m, x) => Math.max(m, Math.abs(x)), most), 0);
  const pivots: number[] = [];
  for (let c = 0; c < columns && pivots.length < rows.length; c++) {
    const r = pivots.length;
    const best = pivotRow(rows, r, c);
    const pivot = rows[best];
    if (pivot === undefined || Math.abs(pivot[c] ?? 0) <= tolerance * largest) continue;
    rows[best] = rows[r] ?? pivot;
    rows[r] = pivot;
    eliminate(rows, r, c);
    pivots.push(c);
  }
  const isPivot = new Set(pivots);
  const free = Array.from({ length: columns }, (_, c) => c).filter((c) => !isPivot.has(c));
  return free.map((c) => {
    const x = new Float64Array(columns);
    x[c] = 1;
    pivots.forEach((p, r) => {
      x[p] = -(rows[r]?.[c] ?? 0);
    });
    return x;
  });
}

function pivotRow(rows: readonly Float64Array[], from: number, column: number): number {
  let best = from;
  for (let r = from + 1; r < rows.length; r++)
    if (Math.abs(rows[r]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = r;
  return best;
}

/** Makes the pivot 1 and every other entry of its column 0. */
function eliminate(rows: readonly Float64Array[], r: number, c: number): void {
  const pivot = rows[r];
  if (pivot === undefined) return;
  const scale = pivot[c] ?? 1;
  for (let k = 0; k < pivot.length; k++) pivot[k] = (pivot[k] ?? 0) / scale;
  rows.forEach((row, i) => {
    const factor = row[c] ?? 0;
    if (i === r || factor === 0) return;
    for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
  });
}
