/**
 * An order of things in which like stands beside like: average-linkage clustering, the leaves from left to right.
 * @param profiles of each thing, all of one length
 * @returns indices into `profiles`; equal distances are joined in the order given
 * @see doi:10.1093/comjnl/26.4.354 (survey of hierarchical clustering)
 */
export function clusterOrder(profiles: readonly Float64Array[]): number[] {
  let clusters = profiles.map((_, k) => [k]);
  const distances = profiles.map((a) => Float64Array.from(profiles, (b) => distance(a, b)));
  const between = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, i) => sum + b.reduce((inner, j) => inner + (distances[i]?.[j] ?? 0), 0), 0) / (a.length * b.length);
  while (clusters.length > 1) {
    let best = { at: Number.POSITIVE_INFINITY, first: 0, second: 1 };
    for (const [i, a] of clusters.entries())
      for (let j = i + 1; j < clusters.length; j++) {
        const at = between(a, clusters[j] ?? []);
        if (at < best.at) best = { at, first: i, second: j };
      }
    const joined = [...(clusters[best.first] ?? []), ...(clusters[best.second] ?? [])];
    clusters = clusters.flatMap((one, k) => (k === best.first ? [joined] : k === best.second ? [] : [one]));
  }
  return clusters[0] ?? [];
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, x, k) => sum + (x - (b[k] ?? 0)) ** 2, 0));
}
