import type { Interval } from "../metrics/bootstrap.ts";
import type { Results } from "./results.ts";

/** A table of results as plain data; figures that are not defined are null. */
export function resultsJson(results: Results, extra: Readonly<Record<string, unknown>> = {}) {
  const { rows, best, conditions, genotypes, bootstrap } = results;
  return {
    ...extra,
    conditions,
    genotypes,
    bootstrap,
    best_plain: best,
    rows: rows.map((row) => ({
      name: row.name,
      kind: row.kind,
      mse: figure(row.mse.estimate),
      mse_interval: interval(row.mse),
      pearson: figure(row.pearson.estimate),
      pearson_interval: interval(row.pearson),
      own_regulon: figure(row.ownRegulon.estimate),
      own_regulon_interval: interval(row.ownRegulon),
      pearson_centred: figure(row.pearsonCentred),
      sign: figure(row.sign),
      discrimination: figure(row.discrimination),
      skill: figure(row.skill),
      coverage: row.coverage,
      mse_minus_best_plain: row.versusBest === undefined ? null : figure(row.versusBest.estimate),
      mse_minus_best_plain_interval: row.versusBest === undefined ? null : interval(row.versusBest),
    })),
  };
}

function figure(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function interval({ low, high }: Interval): [number, number] | null {
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}
