import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";

/** A predictor of which mutants grow. */
export interface GrowthEntry {
  readonly name: string;
  /** 1 where a mutant grows, shape [genes]. */
  readonly grows: Uint8Array;
}

export interface GrowthRow {
  readonly name: string;
  /** Right predictions. */
  readonly grow: number;
  readonly dont: number;
  /** Grows, but was predicted not to. */
  readonly missed: number;
  /** Was predicted to grow, but doesn't. */
  readonly wrong: number;
  readonly accuracy: Interval;
  /** Matthews correlation; NaN where all predictions are equal. */
  readonly correlation: number;
  /** Accuracy less that of the first entry, paired by gene. */
  readonly gain: Interval;
}

/** @param measured 1 where a mutant grows, shape [genes] */
export function growthRows(
  genes: readonly string[],
  measured: Uint8Array,
  entries: readonly GrowthEntry[],
  options: BootstrapOptions,
): GrowthRow[] {
  const right = entries.map(({ grows }) => grows.map((g, k) => (g === measured[k] ? 1 : 0)));
  const share = (hits: Uint8Array, drawn: readonly number[]) =>
    drawn.reduce((sum, k) => sum + (hits[k] ?? 0), 0) / drawn.length;
  return entries.map(({ name, grows }, e) => {
    const counts = { grow: 0, dont: 0, missed: 0, wrong: 0 };
    grows.forEach((g, k) => {
      if (measured[k] === 1) counts[g === 1 ? "grow" : "missed"]++;
      else counts[g === 1 ? "wrong" : "dont"]++;
    });
    const [hits, first] = [right[e] ?? grows, right[0] ?? grows];
    return {
      name,
      ...counts,
      accuracy: clusterBootstrap(genes, (drawn) => share(hits, drawn), options),
      correlation: matthews(counts),
      gain: clusterBootstrap(genes, (drawn) => share(hits, drawn) - share(first, drawn), options),
    };
  });
}

function matthews({ grow, dont, missed, wrong }: Pick<GrowthRow, "grow" | "dont" | "missed" | "wrong">): number {
  const scale = Math.sqrt((grow + wrong) * (grow + missed) * (dont + wrong) * (dont + missed));
  return (grow * dont - wrong * missed) / scale;
}
