import { dot, type Matrix, ridgeSums, solveCholesky, zeros } from "../../numerics/linear/linalg.ts";
import type { Baseline, FittedBaseline, KnockoutExample, KnockoutQuery } from "./example.ts";
import { factorise } from "./gaussian-process.ts";
import type { Feature } from "./linear.ts";

export interface KrigingOptions {
  readonly name: string;
  /** Effects with one weight each, shared by all iModulons. */
  readonly effects: readonly Feature[];
  /** How alike two knockouts change beyond that, before noise. */
  readonly covariance: Covariance;
  /** Standard deviation of each iModulon, shape [iModulons]. */
  readonly scale: Float64Array;
  /** Variance of the noise, in units of the covariance. */
  readonly noise: number;
  /** Variance of each iModulon's own slope on its wild-type activity (in standard deviations), in the same units. */
  readonly slope: number;
}

export type Covariance = (a: KnockoutQuery, b: KnockoutQuery) => number;

/** Added to the diagonal of the effects' normal equations. */
const RIDGE = 1e-3;

/**
 * Kriging with effects: change = effects + a Gaussian process over knockouts + a random slope on the wild type's
 * activity, all fitted together by generalised least squares. An iModulon's variance is taken in proportion to its
 * standard deviation, so that neither those that move most nor those that hardly move decide alone.
 * @see Rasmussen, Williams 2006, Gaussian Processes for Machine Learning, section 2.7
 */
export function kriging(options: KrigingOptions): Baseline {
  const { name, effects, covariance, scale, noise } = options;
  return {
    name,
    fit(training, pool = training) {
      const columns = effects.map((effect) => effect.prepare(pool));
      const factor = zeros(training.length, training.length);
      for (const [i, a] of training.entries())
        for (const [j, b] of training.entries())
          factor.data[i * training.length + j] = covariance(a, b) + (i === j ? noise : 0);
      factorise(factor);
      const known = training.map((example) => columns.map((column) => column(example)));
      const outputs = Array.from(scale, (_, m) => outputOf(m, training, known, factor, options));
      const weights = weightsOf(outputs, effects.length);
      const held = outputs.map((output) => output.solve(residual(output, weights)));
      return predictor({ columns, weights, held, training, options });
    },
  };
}

/** One iModulon over all examples. */
interface Output {
  /** Variance, up to what is common. */
  readonly unit: number;
  readonly change: Float64Array;
  /** Effects that are anywhere but zero: [effect, values]. */
  readonly effects: readonly (readonly [number, Float64Array])[];
  /** The inverse covariance, slope included, times a vector. */
  solve(values: Float64Array): Float64Array;
}

function outputOf(
  m: number,
  training: readonly KnockoutExample[],
  known: readonly (readonly Float64Array[])[],
  factor: Matrix,
  { effects, scale, slope }: KrigingOptions,
): Output {
  const sd = scale[m] ?? 1;
  const state = Float64Array.from(training, ({ wildType }) => (wildType[m] ?? 0) / sd);
  const leaning = state.slice();
  solveCholesky(factor, leaning);
  const gain = slope / (1 + slope * dot(state, leaning));
  return {
    unit: sd,
    change: Float64Array.from(training, ({ change }) => change[m] ?? 0),
    effects: effects
      .map((_, f) => [f, Float64Array.from(known, (columns) => columns[f]?.[m] ?? 0)] as const)
      .filter(([, values]) => values.some((value) => value !== 0)),
    solve(values) {
      const solved = values.slice();
      solveCholesky(factor, solved);
      const along = gain * dot(leaning, values);
      return solved.map((value, j) => value - along * (leaning[j] ?? 0));
    },
  };
}

/** Generalised least squares over all iModulons. */
function weightsOf(outputs: readonly Output[], count: number): Float64Array {
  const sums = ridgeSums(count);
  for (const { unit, change, effects, solve } of outputs) sums.addOutput(effects, change, solve, unit);
  return sums.solve(RIDGE);
}

function residual({ change, effects }: Output, weights: Float64Array): Float64Array {
  const left = change.slice();
  for (const [f, values] of effects)
    for (let j = 0; j < left.length; j++) left[j] = (left[j] ?? 0) - (weights[f] ?? 0) * (values[j] ?? 0);
  return left;
}

interface Fitted {
  readonly columns: readonly ((query: KnockoutQuery) => Float64Array)[];
  readonly weights: Float64Array;
  /** For each iModulon, what each example adds where it is alike. */
  readonly held: readonly Float64Array[];
  readonly training: readonly KnockoutExample[];
  readonly options: KrigingOptions;
}

function predictor({ columns, weights, held, training, options }: Fitted): FittedBaseline {
  const { covariance, scale, slope } = options;
  const slopes = held.map((amounts, m) => {
    const unit = (scale[m] ?? 1) ** 2;
    return amounts.reduce((sum, amount, j) => sum + (slope * amount * (training[j]?.wildType[m] ?? 0)) / unit, 0);
  });
  return {
    predict(query) {
      const near = Float64Array.from(training, (example) => covariance(query, example));
      const change = query.wildType.map((activity, m) => (slopes[m] ?? 0) * activity + dot(near, held[m] ?? near));
      for (const [f, column] of columns.entries())
        for (const [m, value] of column(query).entries()) change[m] = (change[m] ?? 0) + (weights[f] ?? 0) * value;
      return change;
    },
  };
}
