import { averagePrecision } from "../metrics/average-precision.ts";
import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";
import type { EdgeScores } from "./edge-scores.ts";
import type { EdgeTask } from "./edge-task.ts";

export interface EdgeRow {
  readonly name: string;
  /** Average precision over all pairs. */
  readonly auprc: number;
  /** Mean over factors of each factor's own average precision, interval by bootstrap over factors. */
  readonly perFactor: Interval;
}

/** Scores against the network: all pairs in one ranking, and each factor's targets ranked on their own. */
export function edgeRow({ name, scores }: EdgeScores, task: EdgeTask, bootstrap: BootstrapOptions): EdgeRow {
  const { factors, targets, truth, counted } = task;
  const kept = (values: Float64Array, from = 0): Float64Array => values.filter((_, i) => counted[from + i] === 1);
  const own = factors.map((_, f) => {
    const from = f * targets.length;
    const to = from + targets.length;
    const known = truth.subarray(from, to).filter((_t, i) => counted[from + i] === 1);
    return averagePrecision(kept(scores.subarray(from, to), from), known);
  });
  return {
    name,
    auprc: averagePrecision(
      kept(scores),
      truth.filter((_, i) => counted[i] === 1),
    ),
    perFactor: clusterBootstrap(
      factors,
      (drawn) => drawn.reduce((sum, f) => sum + (own[f] ?? 0), 0) / drawn.length,
      bootstrap,
    ),
  };
}

/** The same task with fewer factors. */
export function withFactors(task: EdgeTask, keep: (factor: string) => boolean): EdgeTask {
  const width = task.targets.length;
  const rows = [...task.factors.keys()].filter((f) => keep(task.factors[f] ?? ""));
  const pick = (values: Uint8Array) =>
    Uint8Array.from(rows.flatMap((f) => [...values.subarray(f * width, (f + 1) * width)]));
  const factors = rows.map((f) => task.factors[f] ?? "");
  return { ...task, factors, truth: pick(task.truth), counted: pick(task.counted) };
}

/** The same task with fewer targets; factors without any true edge left drop out. */
export function withTargets(task: EdgeTask, wanted: ReadonlySet<string>): EdgeTask {
  const columns = [...task.targets.keys()].filter((g) => wanted.has(task.targets[g] ?? ""));
  const width = task.targets.length;
  const rows = [...task.factors.keys()].filter((f) => columns.some((g) => task.truth[f * width + g] === 1));
  const pick = (values: Uint8Array) =>
    Uint8Array.from(rows.flatMap((f) => columns.map((g) => values[f * width + g] ?? 0)));
  return {
    factors: rows.map((f) => task.factors[f] ?? ""),
    targets: columns.map((g) => task.targets[g] ?? ""),
    truth: pick(task.truth),
    counted: pick(task.counted),
  };
}
