export type Point = readonly [x: number, y: number];

function distance(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(p[0] - a[0], p[1] - a[1]);
  return Math.abs(dx * (a[1] - p[1]) - dy * (a[0] - p[0])) / length;
}

/**
 * The points that matter of a line: none that is left out lies further than `tolerance` from it.
 * @see doi:10.3138/FM57-6770-U75U-7727 (Douglas and Peucker)
 */
export function simplify(points: readonly Point[], tolerance: number): Point[] {
  if (points.length < 3) return [...points];
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [first, last] = span;
    const a = points[first];
    const b = points[last];
    if (a === undefined || b === undefined) continue;
    let furthest = -1;
    let worst = tolerance;
    for (let i = first + 1; i < last; i++) {
      const p = points[i];
      const d = p === undefined ? 0 : distance(p, a, b);
      if (d > worst) {
        worst = d;
        furthest = i;
      }
    }
    if (furthest < 0) continue;
    keep[furthest] = 1;
    spans.push([first, furthest], [furthest, last]);
  }
  return points.filter((_, i) => keep[i] === 1);
}
