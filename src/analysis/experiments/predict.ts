import { contextOf, controlOf, type Query } from "../../regulation/in-context/design.ts";
import { type Experiments, isLogarithmic } from "../../regulation/in-context/experiments.ts";
import { ask } from "../../regulation/in-context/predictors.ts";
import { queryRange } from "../../regulation/in-context/query-range.ts";
import type { EdgesOnTable } from "../../regulation/in-context/signed-edges.ts";
import type { Range } from "../../regulation/range/range.ts";
import { LEVELS } from "./compare.ts";
import type { Tried } from "./trial.ts";

/** What is said of one variable, in the table's unit. */
export interface PredictedVariable {
  readonly variable: string;
  readonly control: number;
  readonly predicted: number;
  readonly change: number;
  /** Ends of the 90 % interval of the predicted value. */
  readonly low: number;
  readonly high: number;
  /** Root mean square of its changes in the experiments. */
  readonly usual: number;
  /** The intervention holds the variable: nothing was predicted. */
  readonly held: boolean;
}

export interface Prediction {
  readonly predictor: string;
  readonly range: Range;
  readonly variables: readonly PredictedVariable[];
}

/** Answers a query with the predictor chosen; where the query is OUT, with the fallback. */
export async function predictQuery(
  experiments: Experiments,
  edges: EdgesOnTable,
  query: Query,
  { chosen, fallback }: { readonly chosen: Tried; readonly fallback: Tried },
): Promise<Prediction> {
  const context = contextOf(experiments, edges);
  const range = queryRange(context, query);
  const { predictor, row } = range.code === "OUT" ? fallback : chosen;
  const [said] = await predictor.predict(context, ask(context, [query]));
  const control = controlOf(context.controls, query.project);
  const reach = row.calibration[LEVELS.indexOf(0.9)] ?? Number.NaN;
  // Amounts are never negative.
  const least = isLogarithmic(experiments.conditions) ? Number.NEGATIVE_INFINITY : 0;
  const variables = experiments.variables.map((variable, v): PredictedVariable => {
    const act = query.interventions.find(({ target, kind }) => target === variable && /knockout|clamp/.test(kind));
    const before = control[v] ?? 0;
    const held = act !== undefined;
    const fixed = act?.kind === "clamp" ? act.amount : (context.absent[v] ?? 0);
    const middle = held ? fixed : before + (said?.change[v] ?? 0);
    const width = held ? 0 : reach * (said?.spread[v] ?? 0);
    const predicted = Math.max(least, middle);
    const ends = { low: Math.max(least, middle - width), high: Math.max(least, middle + width) };
    const usual = context.spread[v] ?? Number.NaN;
    return { variable, control: before, predicted, change: predicted - before, ...ends, usual, held };
  });
  return { predictor: predictor.name, range, variables };
}
