/** Radau IIA with three stages: order 5, L-stable, stiffly accurate. @see Hairer, Wanner, Solving ODEs II, IV.5 */
const R = Math.sqrt(6);

/** Nodes in [0, 1]; the last is the end. */
export const NODES = Float64Array.of((4 - R) / 10, (4 + R) / 10, 1);

/** Coefficients, shape [3, 3]; the last row holds the weights. */
export const STAGES = Float64Array.of(
  (88 - 7 * R) / 360,
  (296 - 169 * R) / 1800,
  (-2 + 3 * R) / 225,
  (296 + 169 * R) / 1800,
  (88 + 7 * R) / 360,
  (-2 - 3 * R) / 225,
  (16 - R) / 36,
  (16 + R) / 36,
  1 / 9,
);

export const WEIGHTS = STAGES.subarray(6, 9);

/** Integral from 0 to theta of the Lagrange polynomial of node j: the continuous weights. */
export function continuousWeight(j: number, theta: number): number {
  const c = NODES[j] ?? 0;
  const p = NODES[(j + 1) % 3] ?? 0;
  const q = NODES[(j + 2) % 3] ?? 0;
  return (theta * (p * q + theta * (-(p + q) / 2 + theta / 3))) / ((c - p) * (c - q));
}
