import { type Context, type Query, queryRows, type Rows } from "./design.ts";
import { keyOf } from "./experiments.ts";
import { krigingPrediction } from "./kriging-row.ts";
import { type PlainPredictions, plainPredictions } from "./plain-predictions.ts";
import { type ReadContext, type ReaderModel, readContext } from "./reader.ts";
import { regulonPrediction } from "./regulon-row.ts";

/** What a predictor says of one query: changes against the query's control, in the table's unit, shape [variables]. */
export interface Said {
  readonly change: Float64Array;
  /** Standard deviation where the predictor tells, else the variable's spread of changes; same shape and unit. */
  readonly spread: Float64Array;
}

/** Queries with what every predictor starts from. */
export interface Asked {
  readonly rows: Rows;
  readonly plain: PlainPredictions;
}

/** What predictors need of a context. */
export type PredictorContext = Pick<Context, "rows" | "edges" | "spread">;

/** Asks a context about queries. */
export interface Predictor {
  readonly name: string;
  readonly learned: boolean;
  predict(context: PredictorContext, asked: Asked): Promise<Said[]>;
}

/** Sets queries up for the predictors of a context. */
export function ask(context: Context, queries: readonly Query[]): Asked {
  const rows = queryRows(context, queries);
  const plain = plainPredictions(rows, context, false);
  const seen = new Set(context.experiments.conditions.map(({ interventions }) => keyOf(interventions)));
  seen.delete("");
  if (seen.size === 1)
    for (const [q, { interventions }] of queries.entries())
      if (!seen.has(keyOf(interventions))) forgetShared(plain, q, rows.variables);
  return { rows, plain };
}

/** What interventions have in common can't be told from a single one: of another nothing is foretold. */
function forgetShared({ process, kin, added }: PlainPredictions, query: number, n: number): void {
  const of = (all: Float64Array): Float64Array => all.subarray(query * n, (query + 1) * n);
  if (of(added).every((value, v) => value === of(kin)[v])) of(added).fill(0);
  of(kin).fill(0);
  of(process).fill(0);
}

/** The plain rows, the simplest first. */
export const PLAIN_PREDICTORS: readonly Predictor[] = [
  plain("no change", ({ rows }) => new Float64Array(rows.count * rows.variables)),
  plain("mean of other perturbations", ({ rows }, context) => meanChange(rows, context.rows)),
  plain("process on the control's state", (asked) => asked.plain.process),
  plain("known effects added up", (asked) => asked.plain.added),
  plain("ridge on what is held", (asked) => asked.plain.regressed),
  plain("linear on process, graph and control", ({ rows, plain }, context) => regulonPrediction(context, rows, plain)),
  plain("kriging on control, kin and graph", ({ rows }, context) => krigingPrediction(context, rows)),
];

/** The transformer as a predictor; a context is encoded once, however often it is asked. */
export function readerPredictor(model: ReaderModel): Predictor {
  const read = new WeakMap<PredictorContext, Promise<ReadContext>>();
  return {
    name: model.name,
    learned: true,
    async predict(context, { rows, plain }) {
      const encoded = read.get(context) ?? readContext(model, context);
      read.set(context, encoded);
      const { mean, spread } = await (await encoded).answer(rows, plain);
      return eachQuery(rows, (q) => ({ change: inUnits(context, mean, q), spread: inUnits(context, spread, q) }));
    },
  };
}

/** The plain rows and the transformer. */
export function allPredictors(model: ReaderModel): Predictor[] {
  return [...PLAIN_PREDICTORS, readerPredictor(model)];
}

function plain(name: string, changes: (asked: Asked, context: PredictorContext) => Float64Array): Predictor {
  return {
    name,
    learned: false,
    async predict(context, asked) {
      const found = changes(asked, context);
      return eachQuery(asked.rows, (q) => ({ change: inUnits(context, found, q), spread: context.spread }));
    },
  };
}

function eachQuery({ count }: Rows, said: (query: number) => Said): Said[] {
  return Array.from({ length: count }, (_, q) => said(q));
}

function meanChange({ count, variables: n }: Rows, context: Rows): Float64Array {
  const total = new Float64Array(n);
  const known = new Float64Array(n);
  for (let c = 0; c < context.count; c++)
    if (context.perturbed[c] === 1)
      for (let v = 0; v < n; v++) {
        total[v] = (total[v] ?? 0) + (context.value[c * n + v] ?? 0) * (context.known[c * n + v] ?? 0);
        known[v] = (known[v] ?? 0) + (context.known[c * n + v] ?? 0);
      }
  return Float64Array.from({ length: count * n }, (_, at) => (total[at % n] ?? 0) / Math.max(1, known[at % n] ?? 0));
}

function inUnits({ spread }: PredictorContext, all: Float64Array, query: number): Float64Array {
  return spread.map((unit, v) => unit * (all[query * spread.length + v] ?? 0));
}
