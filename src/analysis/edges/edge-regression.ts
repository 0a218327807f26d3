import { ridgeSums } from "../../numerics/linear/linalg.ts";
import type { EdgeScores } from "./edge-scores.ts";
import type { EdgeTask } from "./edge-task.ts";

/**
 * Several scores added up with weights fitted on the edges of all other factors: what a network that is known in part
 * says of a factor of which no edge is known. Each score counts by its rank among the factor's own pairs.
 */
export function leaveFactorOut(name: string, task: EdgeTask, parts: readonly EdgeScores[]): EdgeScores {
  const { factors, targets, truth, counted } = task;
  const width = targets.length;
  const ranked = parts.map(({ scores }) => ranksByFactor(scores, width));
  const row = new Float64Array(parts.length + 1);
  const fill = (i: number) => {
    row[parts.length] = 1;
    for (const [k, ranks] of ranked.entries()) row[k] = ranks[i] ?? 0;
    return row;
  };
  const sumsOf = factors.map((_, f) => {
    const sums = ridgeSums(parts.length + 1);
    for (let i = f * width; i < (f + 1) * width; i++) if (counted[i] === 1) sums.add(fill(i), truth[i] ?? 0);
    return sums;
  });
  const scores = new Float64Array(truth.length);
  for (const f of factors.keys()) {
    const sums = ridgeSums(parts.length + 1);
    for (const [other, known] of sumsOf.entries()) if (other !== f) sums.merge(known);
    const weights = sums.solve(1e-3);
    for (let g = 0; g < width; g++)
      scores[f * width + g] = fill(f * width + g).reduce((sum, value, k) => sum + value * (weights[k] ?? 0), 0);
  }
  return { name, scores };
}

/** 1 / rank among a factor's targets, the best first; ties share the mean of theirs. */
function ranksByFactor(scores: Float64Array, width: number): Float64Array {
  const out = new Float64Array(scores.length);
  for (let from = 0; from < scores.length; from += width) {
    const order = Array.from({ length: width }, (_, g) => g).sort(
      (a, b) => (scores[from + b] ?? 0) - (scores[from + a] ?? 0),
    );
    for (let k = 0; k < width; ) {
      let end = k;
      while (end + 1 < width && scores[from + (order[end + 1] ?? 0)] === scores[from + (order[k] ?? 0)]) end++;
      for (let m = k; m <= end; m++) out[from + (order[m] ?? 0)] = 1 / Math.sqrt(1 + (k + end) / 2);
      k = end + 1;
    }
  }
  return out;
}
