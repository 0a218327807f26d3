/** How far several chains of one quantity have come. */
export interface Convergence {
  /** Split R-hat: 1 where the halves of all chains agree, above 1.01 where they don't yet; NaN where nothing moves. */
  readonly rHat: number;
  /** How many independent draws the mean of all is worth; NaN where nothing moves. */
  readonly effective: number;
}

/** Draws a half chain must have for its mean and variance to mean anything. */
const FEWEST = 4;
/** A variance below this share of the square of the largest value is rounding. */
const ROUNDING = 1e-18;

/**
 * Split R-hat and effective sample size of chains, without ranks: autocorrelations of all chains, summed in pairs as long
 * as they are positive and fall.
 * @param chains draws in their order; all are cut to the shortest
 * @see doi:10.1214/20-BA1221 (equations 1 to 4 and 10 to 13); doi:10.1214/ss/1177011137 (the sum in pairs)
 */
export function convergence(chains: readonly Float64Array[]): Convergence {
  const length = Math.floor(Math.min(...chains.map((chain) => chain.length)) / 2);
  if (chains.length === 0 || length < FEWEST) return { rHat: Number.NaN, effective: Number.NaN };
  const halves = chains.flatMap((chain) => [
    chain.subarray(0, length),
    chain.subarray(chain.length - length, chain.length),
  ]);
  const means = Float64Array.from(halves, meanOf);
  const within = meanOf(Float64Array.from(halves, (half, k) => covariance(half, means[k] ?? 0, 0) / (length - 1)));
  const overall = meanOf(means);
  const between = means.reduce((sum, mean) => sum + (mean - overall) ** 2, 0) / (means.length - 1);
  const variance = (within * (length - 1)) / length + between;
  const largest = halves.reduce((most, half) => half.reduce((m, x) => Math.max(m, Math.abs(x)), most), 0);
  if (!(variance > ROUNDING * largest * largest)) return { rHat: Number.NaN, effective: Number.NaN };
  const correlation = (lag: number): number => {
    const lagged = meanOf(Float64Array.from(halves, (half, k) => covariance(half, means[k] ?? 0, lag) / length));
    return 1 - (within - lagged) / variance;
  };
  return { rHat: Math.sqrt(variance / within), effective: effectiveSize(halves.length * length, length, correlation) };
}

function effectiveSize(draws: number, length: number, correlation: (lag: number) => number): number {
  let time = -1;
  let before = Number.POSITIVE_INFINITY;
  for (let lag = 0; lag + 1 < length; lag += 2) {
    const pair = (lag === 0 ? 1 : correlation(lag)) + correlation(lag + 1);
    if (pair < 0) break;
    before = Math.min(before, pair);
    time += 2 * before;
  }
  return draws / Math.max(time, 1 / Math.log10(draws));
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
}

/** Sum of products of deviations from the mean, `lag` apart. */
function covariance(values: Float64Array, mean: number, lag: number): number {
  let sum = 0;
  for (let i = 0; i + lag < values.length; i++) sum += ((values[i] ?? 0) - mean) * ((values[i + lag] ?? 0) - mean);
  return sum;
}
