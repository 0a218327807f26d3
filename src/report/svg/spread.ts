/**
 * Positions near the wanted ones, at least `gap` apart and inside [low, high]; least squares by pooling neighbours.
 * Where there is no room for all, the gap shrinks evenly.
 * @param wanted any order
 * @returns same order as `wanted`
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const n = wanted.length;
  if (n === 0) return [];
  const step = n > 1 ? Math.min(gap, (high - low) / (n - 1)) : 0;
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  // With y_k = z_k + k step, the gap becomes z ascending: isotonic regression.
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((index, k) => {
    blocks.push({ sum: (wanted[index] ?? 0) - k * step, count: 1 });
    for (
      let last = blocks.at(-1), before = blocks.at(-2);
      last && before;
      last = blocks.at(-1), before = blocks.at(-2)
    ) {
      if (before.sum / before.count <= last.sum / last.count) break;
      blocks.pop();
      before.sum += last.sum;
      before.count += last.count;
    }
  });
  const placed = new Array<number>(n).fill(0);
  let k = 0;
  for (const block of blocks) {
    const mean = Math.min(Math.max(block.sum / block.count, low), high - (n - 1) * step);
    for (let c = 0; c < block.count; c++, k++) placed[order[k] ?? 0] = mean + k * step;
  }
  return placed;
}
