/**
 * Where a model stands between the best baseline (0) and the ceiling (1); not clipped.
 * All three in the same metric, whichever way round it is better.
 */
export function skill(model: number, bestBaseline: number, ceiling: number): number {
  return (model - bestBaseline) / (ceiling - bestBaseline);
}
