/**
 * Area under the precision-recall curve as average precision: the mean, over the true ones, of the precision at their
 * rank. Among ties precision is taken at the end of the tie, so that a constant score gives the share of true ones.
 * @param truth 1 where true, same length as `scores`
 */
export function averagePrecision(scores: Float64Array, truth: Uint8Array): number {
  const all = scores.slice().sort();
  const found = scores.filter((_, i) => truth[i] === 1).sort();
  let area = 0;
  for (const score of found) area += countFrom(found, score) / countFrom(all, score);
  return found.length === 0 ? Number.NaN : area / found.length;
}

/** How many of the ascending values are at least `value`. */
function countFrom(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return ascending.length - low;
}
