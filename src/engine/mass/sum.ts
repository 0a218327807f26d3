/** Running sums with their lost low-order parts, so that thousands of steps add up to round-off; plain data. */
export interface Sums {
  readonly total: Float64Array;
  readonly lost: Float64Array;
}

export function createSums(length: number): Sums {
  return { total: new Float64Array(length), lost: new Float64Array(length) };
}

/** @see Neumaier, doi:10.1002/zamm.19740540106 */
export function addTo(sums: Sums, i: number, term: number): void {
  const before = sums.total[i] ?? 0;
  const after = before + term;
  const lost = Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before;
  sums.total[i] = after;
  sums.lost[i] = (sums.lost[i] ?? 0) + lost;
}

export function sumAt(sums: Sums, i: number): number {
  return (sums.total[i] ?? 0) + (sums.lost[i] ?? 0);
}
