import { pearson } from "../../numerics/statistics.ts";

/** Spearman's rank correlation; equal values share the mean of their ranks. NaN where one side is constant. */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  return pearson(ranks(a), ranks(b));
}

function ranks(values: Float64Array): Float64Array {
  const order = [...values.keys()].sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const out = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to++;
    for (let k = from; k <= to; k++) out[order[k] ?? 0] = (from + to) / 2;
    from = to + 1;
  }
  return out;
}
