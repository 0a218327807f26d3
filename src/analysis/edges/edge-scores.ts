import { pearson } from "../../numerics/statistics.ts";
import { createOutputs, type Regulator, referenceInputs } from "../../regulation/regulator.ts";
import type { EdgeTask } from "./edge-task.ts";

/** How likely a predictor holds each edge, shape [factors, targets] row-major. */
export interface EdgeScores {
  readonly name: string;
  readonly scores: Float64Array;
}

function scored(name: string, { factors, targets }: EdgeTask, score: (factor: string, target: string) => number) {
  const scores = new Float64Array(factors.length * targets.length);
  for (const [f, factor] of factors.entries())
    for (const [g, target] of targets.entries()) scores[f * targets.length + g] = score(factor, target);
  return { name, scores };
}

/** All pairs alike: precision is the share of true edges. */
export function randomScores(task: EdgeTask): EdgeScores {
  return scored("random", task, () => 0);
}

/** Pairs by how many targets the factor has: told by the network itself, knows nothing of targets. */
export function outDegreeScores(task: EdgeTask): EdgeScores {
  const width = task.targets.length;
  const degree = new Map(
    task.factors.map((factor, f) => [
      factor,
      task.truth.subarray(f * width, (f + 1) * width).reduce((s, t) => s + t, 0),
    ]),
  );
  return scored("out-degree of the factor (told)", task, (factor) => degree.get(factor) ?? 0);
}

/** Pairs by how many other factors the target has. */
export function inDegreeScores({ factors, targets, truth }: EdgeTask): EdgeScores {
  const width = targets.length;
  const degree = new Float64Array(width);
  for (let i = 0; i < truth.length; i++) degree[i % width] = (degree[i % width] ?? 0) + (truth[i] ?? 0);
  const scores = Float64Array.from(
    { length: factors.length * width },
    (_, i) => (degree[i % width] ?? 0) - (truth[i] ?? 0),
  );
  return { name: "in-degree of the target among the other factors", scores };
}

/** Pairs by nearness on the circular chromosome. */
export function neighbourScores(task: EdgeTask, starts: ReadonlyMap<string, number>): EdgeScores {
  const length = Math.max(...starts.values());
  return scored("genomic neighbour", task, (factor, target) => {
    const apart = Math.abs((starts.get(factor) ?? Number.NaN) - (starts.get(target) ?? Number.NaN));
    return Number.isNaN(apart) ? -length : -Math.min(apart, length - apart);
  });
}

/** Pairs by |correlation| of expression over samples. */
export function correlationScores(task: EdgeTask, expression: ReadonlyMap<string, Float64Array>): EdgeScores {
  return scored("correlation of expression", task, (factor, target) => {
    const x = expression.get(factor);
    const y = expression.get(target);
    const r = x === undefined || y === undefined ? 0 : pearson(x, y);
    return Number.isNaN(r) ? 0 : Math.abs(r);
  });
}

/** Pairs by how much a regulator says the target's expression changes when the factor's gene is lost. */
export async function virtualKnockoutScores(name: string, task: EdgeTask, regulator: Regulator): Promise<EdgeScores> {
  const { genes, expression } = regulator.names;
  const inputs = referenceInputs(regulator);
  const outputs = createOutputs(regulator);
  const effects = new Map<string, ReadonlyMap<string, number>>();
  for (const factor of task.factors) {
    const token = genes.indexOf(factor);
    if (token < 0) continue;
    inputs.perturbation.fill(0);
    inputs.perturbation[token] = -1;
    await regulator.predict(inputs, outputs);
    effects.set(factor, new Map(expression.map((gene, g) => [gene, Math.abs(outputs.log2Expression[g] ?? 0)])));
  }
  return scored(name, task, (factor, target) => effects.get(factor)?.get(target) ?? 0);
}
