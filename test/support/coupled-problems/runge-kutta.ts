/** Solution at the times by classical Runge-Kutta with steps of at most `h`, cut at the times. */
export function rungeKutta(
  f: (t: number, x: readonly number[]) => number[],
  x0: readonly number[],
  times: readonly number[],
  h: number,
): number[][] {
  let x = [...x0];
  let t = 0;
  return times.map((end) => {
    const steps = Math.max(1, Math.ceil((end - t) / h));
    const dt = (end - t) / steps;
    for (let k = 0; k < steps; k++) x = rungeKuttaStep(f, t + k * dt, x, dt);
    t = end;
    return x;
  });
}

/** One step of length `h`. */
export function rungeKuttaStep(
  f: (t: number, x: readonly number[]) => number[],
  t: number,
  x: number[],
  h: number,
): number[] {
  const at = (k: readonly number[], share: number) => x.map((v, i) => v + share * h * (k[i] ?? 0));
  const k1 = f(t, x);
  const k2 = f(t + h / 2, at(k1, 0.5));
  const k3 = f(t + h / 2, at(k2, 0.5));
  const k4 = f(t + h, at(k3, 1));
  return x.map((v, i) => v + (h / 6) * ((k1[i] ?? 0) + 2 * (k2[i] ?? 0) + 2 * (k3[i] ?? 0) + (k4[i] ?? 0)));
}
