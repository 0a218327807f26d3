import { cholesky, type Matrix, solveCholesky, zeros } from "../../numerics/linear/linalg.ts";
import { mean, standardDeviation } from "../../numerics/statistics.ts";
import type { EdgeScores } from "./edge-scores.ts";
import type { EdgeTask } from "./edge-task.ts";

/** Added to the diagonal of correlations among factors, in samples' worth of a standardised variable. */
const RIDGE = 0.3;

/**
 * Pairs by the size of the Jacobian of a ridge regression: each gene's expression on that of all factors but itself,
 * standardised over samples. The network is not seen, so every factor is a held-out one.
 */
export function jacobianScores(
  { factors, targets }: EdgeTask,
  expression: ReadonlyMap<string, Float64Array>,
): EdgeScores {
  const inputs = factors.map((factor) => standardised(expression.get(factor)));
  const scores = new Float64Array(factors.length * targets.length);
  const all = factorOf(inputs, undefined);
  for (const [g, target] of targets.entries()) {
    const values = standardised(expression.get(target));
    const own = factors.indexOf(target);
    const weights = Float64Array.from(inputs, (input, f) => (f === own ? 0 : dot(input, values)));
    solveCholesky(own < 0 ? all : factorOf(inputs, own), weights);
    for (let f = 0; f < factors.length; f++) scores[f * targets.length + g] = Math.abs(weights[f] ?? 0);
  }
  return { name: "Jacobian of a ridge on the factors' expression", scores };
}

/** Cholesky factor of the inputs' correlations plus the ridge; one input may be left out. */
function factorOf(inputs: readonly Float64Array[], without: number | undefined): Matrix {
  const n = inputs.length;
  const factor = zeros(n, n);
  for (const [i, a] of inputs.entries()) {
    for (let j = 0; j <= i; j++) {
      const value = i === without || j === without ? 0 : dot(a, inputs[j] ?? a);
      factor.data[i * n + j] = value;
      factor.data[j * n + i] = value;
    }
    factor.data[i * n + i] = (factor.data[i * n + i] ?? 0) + RIDGE;
  }
  cholesky(factor);
  return factor;
}

function standardised(values: Float64Array | undefined): Float64Array {
  if (values === undefined) return new Float64Array();
  const [middle, spread] = [mean(values), standardDeviation(values)];
  return values.map((value) => (spread > 0 ? (value - middle) / spread : 0));
}

/** Mean product over samples; 0 where one of them was not measured. */
function dot(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length || a.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum / a.length;
}
