/** A source of numbers uniform in [0, 1). */
export type Uniform = () => number;

type Draw = (uniform: Uniform, ...parameters: number[]) => number;

function normal(uniform: Uniform, mean = 0, deviation = 1): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
  return mean + deviation * radius * Math.cos(2 * Math.PI * uniform());
}

/** Marsaglia and Tsang 2000, doi:10.1145/358407.358414; below 1 by a power of a uniform number. */
function gamma(uniform: Uniform, shape = 1, scale = 1): number {
  if (!(shape > 0)) return Number.NaN;
  if (shape < 1) return gamma(uniform, shape + 1, scale) * uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(uniform);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

/** By products of uniform numbers, a large mean in parts. */
function poisson(uniform: Uniform, mean = 1): number {
  if (!(mean >= 0)) return Number.NaN;
  let count = 0;
  for (let rest = mean; rest > 0; rest -= 500) {
    const limit = Math.exp(-Math.min(rest, 500));
    for (let product = uniform(); product > limit; product *= uniform()) count++;
  }
  return count;
}

function binomial(uniform: Uniform, trials = 1, probability = 0.5): number {
  let count = 0;
  for (let i = 0; i < trials; i++) if (uniform() < probability) count++;
  return count;
}

function laplace(uniform: Uniform, location = 0, scale = 1): number {
  const u = uniform() - 0.5;
  return location - scale * Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
}

/** How to draw, and how many parameters come before the two optional bounds of a truncated distribution. */
export interface Distribution {
  readonly draw: Draw;
  /** Numbers of parameters without bounds. */
  readonly arities: readonly number[];
}

function distribution(draw: Draw, ...arities: number[]): Distribution {
  return { draw, arities };
}

/** Distributions of the SBML package distrib, Version 1, table 4. */
export const DISTRIBUTIONS: ReadonlyMap<string, Distribution> = new Map([
  ["normal", distribution(normal, 2)],
  ["uniform", distribution((u, low = 0, high = 1) => low + (high - low) * u(), 2)],
  ["bernoulli", distribution((u, p = 0.5) => (u() < p ? 1 : 0), 1)],
  ["binomial", distribution(binomial, 2)],
  ["cauchy", distribution((u, location = 0, scale = 1) => location + scale * Math.tan(Math.PI * (u() - 0.5)), 2, 1)],
  ["chisquare", distribution((u, degrees = 1) => gamma(u, degrees / 2, 2), 1)],
  ["exponential", distribution((u, rate = 1) => -Math.log(1 - u()) / rate, 1)],
  ["gamma", distribution(gamma, 2)],
  ["laplace", distribution(laplace, 2, 1)],
  ["lognormal", distribution((u, mean = 0, deviation = 1) => Math.exp(normal(u, mean, deviation)), 2)],
  ["poisson", distribution(poisson, 1)],
  ["rayleigh", distribution((u, scale = 1) => scale * Math.sqrt(-2 * Math.log(1 - u())), 1)],
]);

/** Draws that may miss the bounds of a truncated distribution before the answer is not a number. */
const MISSES = 100_000;

/**
 * One draw: parameters first, then the bounds of a truncated distribution, if any (both included; what falls outside is
 * drawn again).
 */
export function draw({ draw: once, arities }: Distribution, uniform: Uniform, given: readonly number[]): number {
  const [plain = 1, fewer] = arities;
  const single = fewer !== undefined && given.length === fewer;
  const parameters = single ? [0, ...given] : given.slice(0, plain);
  if (single || given.length <= plain) return once(uniform, ...parameters);
  const [low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY] = given.slice(plain);
  for (let i = 0; i < MISSES; i++) {
    const x = once(uniform, ...parameters);
    if (x >= low && x <= high) return x;
  }
  return Number.NaN;
}
