import { type Context, type Query, queryRows, type Rows } from "../../regulation/in-context/design.ts";
import { plainPredictions } from "../../regulation/in-context/plain-predictions.ts";
import { type ReaderModel, readContext } from "../../regulation/in-context/reader.ts";

/** What a predictor says of one query: changes against the query's control, in the table's unit, shape [variables]. */
export interface Said {
  readonly change: Float64Array;
  /** Standard deviation where the predictor tells, else the variable's spread of changes; same shape and unit. */
  readonly spread: Float64Array;
}

/** Asks a context about queries. */
export interface Predictor {
  readonly name: string;
  readonly learned: boolean;
  predict(context: Context, queries: readonly Query[]): Promise<Said[]>;
}

/** The plain rows. */
export const PLAIN_PREDICTORS: readonly Predictor[] = [
  plain("no change", (rows) => new Float64Array(rows.count * rows.variables)),
  plain("mean of other perturbations", meanChange),
  plain("process on the control's state", (rows, context) => plainPredictions(rows, context, false).process),
  plain("known effects added up", (rows, context) => plainPredictions(rows, context, false).added),
  plain("ridge on what is held", (rows, context) => plainPredictions(rows, context, false).regressed),
];

/** The transformer as a predictor. */
export function readerPredictor(model: ReaderModel): Predictor {
  return {
    name: model.name,
    learned: true,
    async predict(context, queries) {
      const rows = queryRows(context, queries);
      const read = await readContext(model, context);
      const { mean, spread } = await read.answer(rows, plainPredictions(rows, context.rows, false));
      return queries.map((_, q) => ({ change: inUnits(context, mean, q), spread: inUnits(context, spread, q) }));
    },
  };
}

/** The mean of the transformer and of the known effects: a hedge against either alone. */
export function averagedPredictor(reader: Predictor): Predictor {
  const [, , , effects] = PLAIN_PREDICTORS;
  return {
    name: `${reader.name} and known effects, averaged`,
    learned: true,
    async predict(context, queries) {
      const read = await reader.predict(context, queries);
      const added = (await effects?.predict(context, queries)) ?? read;
      return read.map(({ change, spread }, q) => ({
        change: change.map((value, v) => (value + (added[q]?.change[v] ?? value)) / 2),
        spread,
      }));
    },
  };
}

function plain(name: string, changes: (rows: Rows, context: Rows) => Float64Array): Predictor {
  return {
    name,
    learned: false,
    async predict(context, queries) {
      const rows = queryRows(context, queries);
      const found = changes(rows, context.rows);
      return queries.map((_, q) => ({ change: inUnits(context, found, q), spread: context.spread }));
    },
  };
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

function inUnits({ spread }: Context, all: Float64Array, query: number): Float64Array {
  return spread.map((unit, v) => unit * (all[query * spread.length + v] ?? 0));
}
