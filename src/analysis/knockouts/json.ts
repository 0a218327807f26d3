import { plainFigure, plainInterval } from "../metrics/plain-figures.ts";
import type { ComparedRow, Results } from "./results.ts";

/** A table of results as plain data; figures that are not defined are null. */
export function resultsJson(results: Results, extra: Readonly<Record<string, unknown>> = {}) {
  const { rows, best, asked, conditions, genotypes, bootstrap } = results;
  return {
    ...extra,
    conditions,
    genotypes,
    bootstrap,
    best_plain: best,
    rows: rows.map((row) => ({
      name: row.name,
      kind: row.kind,
      mse: plainFigure(row.mse.estimate),
      mse_interval: plainInterval(row.mse),
      pearson: plainFigure(row.pearson.estimate),
      pearson_interval: plainInterval(row.pearson),
      own_regulon: plainFigure(row.ownRegulon.estimate),
      own_regulon_interval: plainInterval(row.ownRegulon),
      pearson_centred: plainFigure(row.pearsonCentred),
      sign: plainFigure(row.sign),
      discrimination: plainFigure(row.discrimination),
      skill: plainFigure(row.skill),
      coverage: row.coverage,
      mse_minus_best_plain: row.versusBest === undefined ? null : plainFigure(row.versusBest.estimate),
      mse_minus_best_plain_interval: row.versusBest === undefined ? null : plainInterval(row.versusBest),
      ...(asked === undefined ? {} : versusAsked(asked, row)),
    })),
  };
}

function versusAsked(asked: string, { versusAsked: found }: ComparedRow) {
  return {
    compared_with: asked,
    mse_minus_compared: found === undefined ? null : plainFigure(found.estimate),
    mse_minus_compared_interval: found === undefined ? null : plainInterval(found),
  };
}
