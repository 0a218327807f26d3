import { cholesky, dot, solveCholesky, zeros } from "../../numerics/linear/linalg.ts";
import type { Baseline, KnockoutExample, KnockoutQuery } from "./example.ts";

export interface BilinearOptions {
  /** Describes the deleted genes: one array of fixed length for a query. */
  readonly embed: (query: KnockoutQuery) => Float64Array;
  /** Standard deviation of each iModulon, shape [iModulons]. */
  readonly scale: Float64Array;
  readonly ridge?: number;
}

/**
 * Bilinear ridge: change = embedding of the deleted genes (with a constant) times a matrix times the wild type's
 * activities (with a constant). Solved through its kernel, the product of the two linear kernels, so that neither
 * matrix nor gradient steps are needed.
 */
export function bilinear({ embed, scale, ridge = 1 }: BilinearOptions): Baseline {
  return {
    name: "bilinear: deleted gene x wild type's activities",
    fit(training) {
      const fits = new Map<string, ReturnType<typeof fitWithout>>();
      const describe = (query: KnockoutQuery): Described => ({
        gene: embed(query),
        state: query.wildType.map((value, i) => value / (scale[i] ?? 1)),
      });
      const described = training.map((example) => ({ example, ...describe(example) }));
      return {
        predict(query) {
          const predictor = fits.get(query.group) ?? fitWithout(described, query.group, ridge);
          fits.set(query.group, predictor);
          return predictor(describe(query));
        },
      };
    },
  };
}

interface Described {
  readonly gene: Float64Array;
  readonly state: Float64Array;
}

function fitWithout(
  all: readonly (Described & { readonly example: KnockoutExample })[],
  group: string,
  ridge: number,
): (query: Described) => Float64Array {
  const used = all.filter(({ example }) => example.group !== group);
  const n = used.length;
  const factor = zeros(n, n);
  for (const [i, a] of used.entries()) {
    for (const [j, b] of used.entries()) factor.data[i * n + j] = kernel(a, b);
    factor.data[i * n + i] = (factor.data[i * n + i] ?? 0) + ridge;
  }
  cholesky(factor);
  return (query) => {
    const weights = Float64Array.from(used, (entry) => kernel(query, entry));
    solveCholesky(factor, weights);
    const change = new Float64Array(used[0]?.example.change.length ?? 0);
    for (const [j, { example }] of used.entries())
      for (let i = 0; i < change.length; i++)
        change[i] = (change[i] ?? 0) + (weights[j] ?? 0) * (example.change[i] ?? 0);
    return change;
  };
}

/** (1 + genes' product) times (1 + mean product of states). */
function kernel(a: Described, b: Described): number {
  return (1 + dot(a.gene, b.gene)) * (1 + dot(a.state, b.state) / a.state.length);
}
