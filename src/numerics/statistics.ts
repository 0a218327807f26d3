/** Arithmetic mean; NaN of nothing. */
export function mean(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] ?? 0;
  return sum / x.length;
}

/** Standard deviation of a population (divisor n). */
export function standardDeviation(x: ArrayLike<number>): number {
  const m = mean(x);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += ((x[i] ?? 0) - m) ** 2;
  return Math.sqrt(sum / x.length);
}

/** Pearson's correlation; NaN where either side is constant to rounding. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const mx = mean(x);
  const my = mean(y);
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] ?? 0) - mx;
    const dy = (y[i] ?? 0) - my;
    sxx += dx * dx;
    syy += dy * dy;
    sxy += dx * dy;
  }
  if (isConstant(sxx, mx, x.length) || isConstant(syy, my, y.length)) return Number.NaN;
  return sxy / Math.sqrt(sxx * syy);
}

function isConstant(squares: number, m: number, n: number): boolean {
  return squares <= n * (1e-14 * Math.abs(m)) ** 2;
}

/** Cosine distance, 1 - cos(x, y), in [0, 2]; 1 where either side is zero. */
export function cosineDistance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const a = x[i] ?? 0;
    const b = y[i] ?? 0;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return xx === 0 || yy === 0 ? 1 : 1 - xy / Math.sqrt(xx * yy);
}

/**
 * Quantile with linear interpolation between order statistics (type 7 of Hyndman and Fan, doi:10.2307/2684934).
 * @param sorted ascending, not empty
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const position = p * (sorted.length - 1);
  const low = Math.floor(position);
  const a = sorted[low] ?? Number.NaN;
  const b = sorted[Math.min(low + 1, sorted.length - 1)] ?? a;
  return a + (position - low) * (b - a);
}
