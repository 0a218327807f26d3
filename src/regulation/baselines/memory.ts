import { solveCholesky, zeros } from "../../numerics/linear/linalg.ts";
import { genotypeKey } from "../genotype.ts";
import type { Baseline, FittedBaseline, KnockoutExample, KnockoutQuery } from "./example.ts";
import { factorise, nearness } from "./gaussian-process.ts";

export interface MemoryOptions {
  /** Divides each iModulon's activity before distances are taken, shape [iModulons]. */
  readonly scale: Float64Array;
  /** Measured deletions that the baseline is not fitted on. */
  readonly also?: readonly KnockoutExample[];
}

/** Variance of what a deletion left over in one condition and not in another, over that which it leaves over in both. */
const OWN_NOISE = 0.3;
const OTHER_NOISE = 3;

/**
 * A baseline, drawn towards what was measured where the same genes were deleted before.
 *
 * What the baseline missed there is a Gaussian process of the genotype's own over wild types, kernel (1 + nearness) / 2:
 * far conditions count for half. What a deleted regulator's own iModulons do comes back elsewhere, the rest much less,
 * so these are two noises. Of a genotype never measured it says what the baseline says.
 *
 * The two noises were chosen on conditions left out of 79 that share a genotype (`models/training/LOG.md`).
 */
export function withMemory(baseline: Baseline, { scale, also = [] }: MemoryOptions): Baseline {
  const near = nearness(scale);
  return {
    name: `${baseline.name}; measured deletions`,
    fit(training, pool) {
      const fitted = baseline.fit(training, pool);
      const measured = [...training, ...also];
      const without = (example: KnockoutExample): FittedBaseline => {
        const rest = (examples: readonly KnockoutExample[]) => examples.filter((other) => other !== example);
        return baseline.fit(rest(training), pool && rest(pool));
      };
      const memories = new Map<string, Remembered[]>();
      const remember = (key: string): Remembered[] =>
        measured
          .filter((example) => genotypeKey(example.genes) === key)
          .map((example) => ({
            example,
            missed: missedOf(example, training.includes(example) ? without(example) : fitted),
          }));
      return {
        predict(query) {
          const key = genotypeKey(query.genes);
          const memory = memories.get(key) ?? remember(key);
          memories.set(key, memory);
          const predicted = fitted.predict(query);
          if (memory.length > 0) recall(memory, query, near, predicted);
          return predicted;
        },
      };
    },
  };
}

/** What was measured of a genotype in one condition, and what the baseline missed of it. */
interface Remembered {
  readonly example: KnockoutExample;
  readonly missed: Float64Array;
}

/** What a baseline that doesn't know an example misses of it; other conditions of the genotype count. */
function missedOf(example: KnockoutExample, fitted: FittedBaseline): Float64Array {
  const predicted = fitted.predict({ ...example, group: "" });
  return example.change.map((change, i) => change - (predicted[i] ?? 0));
}

/** Adds what a memory says of a query to a prediction. */
function recall(
  memory: readonly Remembered[],
  query: KnockoutQuery,
  near: (a: Float64Array, b: Float64Array) => number,
  out: Float64Array,
): void {
  const kernel = (a: KnockoutQuery, b: KnockoutQuery) => (1 + near(a.wildType, b.wildType)) / 2;
  const own = weights(memory, query, kernel, OWN_NOISE);
  const other = weights(memory, query, kernel, OTHER_NOISE);
  for (const [m, { missed }] of memory.entries())
    for (let i = 0; i < out.length; i++)
      out[i] = (out[i] ?? 0) + ((query.own[i] === 1 ? own : other)[m] ?? 0) * (missed[i] ?? 0);
}

function weights(
  memory: readonly Remembered[],
  query: KnockoutQuery,
  kernel: (a: KnockoutQuery, b: KnockoutQuery) => number,
  noise: number,
): Float64Array {
  const n = memory.length;
  const gram = zeros(n, n);
  for (const [i, { example: a }] of memory.entries())
    for (const [j, { example: b }] of memory.entries()) gram.data[i * n + j] = kernel(a, b) + (i === j ? noise : 0);
  factorise(gram);
  const solved = Float64Array.from(memory, ({ example }) => kernel(query, example));
  solveCholesky(gram, solved);
  return solved;
}
