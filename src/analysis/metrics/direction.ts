import { cosineDistance, mean } from "../../numerics/statistics.ts";
import type { Changes } from "./change.ts";

/**
 * Share of right signs among the changes larger than the replicate noise; NaN where none is. A prediction of exactly
 * zero is half right.
 * @param noise standard deviation of an observed change between replicates, for each variable
 */
export function signAgreement(predicted: Changes, observed: Changes, noise: Float64Array): number {
  let counted = 0;
  let right = 0;
  for (const [c, y] of observed.entries()) {
    for (const [i, value] of y.entries()) {
      if (Math.abs(value) <= (noise[i] ?? 0)) continue;
      counted++;
      right += (1 + Math.sign(predicted[c]?.[i] ?? 0) * Math.sign(value)) / 2;
    }
  }
  return counted === 0 ? Number.NaN : right / counted;
}

/**
 * How well predictions tell conditions apart: 1 - (conditions nearer to the prediction than the right one, ties half)
 * / (conditions - 1) by cosine distance, averaged; 1 perfect, 0.5 chance.
 */
export function discrimination(predicted: Changes, observed: Changes): number {
  if (observed.length < 2) return Number.NaN;
  return mean(
    predicted.map((p, c) => {
      const distances = observed.map((y) => cosineDistance(p, y));
      const right = distances[c] ?? 1;
      let nearer = 0;
      for (const [q, d] of distances.entries()) if (q !== c) nearer += d < right ? 1 : d === right ? 0.5 : 0;
      return 1 - nearer / (observed.length - 1);
    }),
  );
}
