import type { OdeProblem } from "./ode.ts";

/**
 * The fastest rate of a problem at a point, by power iteration on finite differences of its right-hand side.
 * @returns magnitude of the dominant eigenvalue of df/dy, per unit of time, and the component it lives in most
 */
export function dominantRate(
  problem: OdeProblem,
  t: number,
  y: ArrayLike<number>,
): { rate: number; component: number } {
  const n = problem.size;
  const base = new Float64Array(n);
  const moved = new Float64Array(n);
  const point = new Float64Array(n);
  let direction = Float64Array.from({ length: n }, (_, i) => 1 + (i % 3));
  let rate = 0;
  problem.rhs(t, y, base);
  for (let iteration = 0; iteration < 30; iteration++) {
    const size = norm(direction);
    if (!(size > 0) || !Number.isFinite(size)) break;
    const h = (1e-7 * (1 + norm(y))) / size;
    for (let i = 0; i < n; i++) point[i] = (y[i] ?? 0) + h * (direction[i] ?? 0);
    problem.rhs(t, point, moved);
    const next = Float64Array.from(moved, (value, i) => (value - (base[i] ?? 0)) / h);
    rate = norm(next) / size;
    direction = next;
  }
  let component = 0;
  for (let i = 1; i < n; i++) {
    if (Math.abs(direction[i] ?? 0) > Math.abs(direction[component] ?? 0)) component = i;
  }
  return { rate, component };
}

function norm(v: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += (v[i] ?? 0) ** 2;
  return Math.sqrt(sum);
}
