import { CellweaveError } from "../../errors.ts";
import { cholesky, type Matrix, solveCholesky, zeros } from "../../numerics/linear/linalg.ts";
import type { Baseline, KnockoutExample } from "./example.ts";

/** Kernel `constant + amplitude exp(-d2 / (2 length^2)) + raw`, noise variance on the diagonal. */
export interface GaussianProcessOptions {
  /** Divides each iModulon's activity before distances are taken, shape [iModulons]. */
  readonly scale: Float64Array;
  readonly constant?: number;
  readonly amplitude?: number;
  readonly length?: number;
  readonly noise?: number;
  /** A second exponential, of the squared distance in the activities' own units over its median among the examples. */
  readonly raw?: { readonly amplitude: number; readonly length: number };
  readonly name?: string;
}

/**
 * A Gaussian process on the wild type's state: conditions whose wild types are alike change alike, whichever gene is
 * deleted. All iModulons share the kernel; d2 is the mean squared difference of the scaled wild-type activities.
 *
 * The prior mean is zero; the kernel's constant carries what all conditions have in common.
 */
export function gaussianProcess(options: GaussianProcessOptions): Baseline {
  return {
    name: options.name ?? "Gaussian process on the wild type's state",
    fit(training) {
      const kernel = kernelOf(options, training);
      const gram = gramOf(training, kernel);
      const posteriors = new Map<string, Posterior>();
      return {
        predict(query) {
          const posterior =
            posteriors.get(query.group) ?? conditionOn(training, gram, query.group, options.noise ?? 0.5);
          posteriors.set(query.group, posterior);
          return posteriorMean(posterior, (example) => kernel(query.wildType, example.wildType));
        },
      };
    },
  };
}

interface Posterior {
  readonly examples: readonly KnockoutExample[];
  readonly factor: Matrix;
}

function gramOf(examples: readonly KnockoutExample[], kernel: ReturnType<typeof kernelOf>): Matrix {
  const n = examples.length;
  const gram = zeros(n, n);
  for (const [i, a] of examples.entries())
    for (const [j, b] of examples.entries()) gram.data[i * n + j] = kernel(a.wildType, b.wildType);
  return gram;
}

/** The process given the examples of the other groups. */
function conditionOn(all: readonly KnockoutExample[], gram: Matrix, group: string, noise: number): Posterior {
  const rows = [...all.keys()].filter((i) => all[i]?.group !== group);
  const n = rows.length;
  const factor = zeros(n, n);
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of rows.entries()) factor.data[i * n + j] = gram.data[row * gram.columns + column] ?? 0;
    factor.data[i * n + i] = (factor.data[i * n + i] ?? 0) + noise;
  }
  factorise(factor);
  return { examples: all.filter((example) => example.group !== group), factor };
}

/**
 * Cholesky's factor of a kernel matrix, in its place.
 * @throws CellweaveError `regulation/gaussian-process` where it is not positive definite
 */
export function factorise(kernel: Matrix): void {
  if (cholesky(kernel)) return;
  throw new CellweaveError("regulation/gaussian-process", "the kernel matrix is not positive definite", {
    hint: "are there missing values among the wild types' activities?",
  });
}

type Kernel = (a: Float64Array, b: Float64Array) => number;

function kernelOf(options: GaussianProcessOptions, examples: readonly KnockoutExample[]): Kernel {
  const { scale, constant = 0.05, amplitude = 0.5, length, raw } = options;
  const near = nearness(scale, length);
  if (raw === undefined) return (a, b) => constant + amplitude * near(a, b);
  const unit = 2 * raw.length ** 2 * medianDistance(examples);
  return (a, b) => constant + amplitude * near(a, b) + raw.amplitude * Math.exp(-squareDistance(a, b) / unit);
}

/** exp(-d2 / (2 length^2)), d2 the mean squared difference of two states, each iModulon over its scale. */
export function nearness(scale: Float64Array, length = 0.6): Kernel {
  return (a, b) => {
    let sum = 0;
    for (let i = 0; i < scale.length; i++) sum += (((a[i] ?? 0) - (b[i] ?? 0)) / (scale[i] ?? 1)) ** 2;
    return Math.exp(-sum / scale.length / (2 * length * length));
  };
}

function squareDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return sum;
}

/** Over pairs of examples whose wild types differ; 1 where there are none. */
function medianDistance(examples: readonly KnockoutExample[]): number {
  const distances = examples.flatMap((a, i) => examples.slice(0, i).map((b) => squareDistance(a.wildType, b.wildType)));
  const apart = Float64Array.from(distances.filter((d) => d > 0)).sort();
  if (apart.length === 0) return 1;
  const middle = (apart.length - 1) / 2;
  return ((apart[Math.floor(middle)] ?? 1) + (apart[Math.ceil(middle)] ?? 1)) / 2;
}

function posteriorMean({ examples, factor }: Posterior, kernel: (example: KnockoutExample) => number): Float64Array {
  const weights = Float64Array.from(examples, kernel);
  solveCholesky(factor, weights);
  const change = new Float64Array(examples[0]?.change.length ?? 0);
  for (const [j, example] of examples.entries()) {
    const weight = weights[j] ?? 0;
    for (let i = 0; i < change.length; i++) change[i] = (change[i] ?? 0) + weight * (example.change[i] ?? 0);
  }
  return change;
}
