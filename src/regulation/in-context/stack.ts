import { keyOf } from "./experiments.ts";
import type { LeftOut } from "./leave-one-out.ts";
import type { Predictor, Said } from "./predictors.ts";
import { scalesOf, spreadOf } from "./spread.ts";

export const STACK = "stack, weighted on these experiments";

/** What the reader weighs before anything is measured, the rest is no change. Chosen on simulated tables. */
const PRIOR = 0.8;
/**
 * How many sets of interventions that is worth, each measured once. A set in several projects is more than one piece of
 * evidence and less than several: sets count as the geometric mean of their number and that of their conditions.
 */
const WORTH = 2;
const SWEEPS = 100;

/** A weighted sum of predictors, each weight at least 0. */
export interface Stack {
  readonly predictor: Predictor;
  /** Same order as the predictors. */
  readonly weights: Float64Array;
  /** With what the stack says of each set, weighted on the others, as one more predictor at the end. */
  readonly leftOut: readonly LeftOut[];
}

/** Sums of products over one set of interventions, in spreads. */
interface Sums {
  /** Shape [predictors, predictors]. */
  readonly products: Float64Array;
  /** With what was measured, shape [predictors]. */
  readonly measured: Float64Array;
  readonly count: number;
  readonly conditions: number;
}

/** Weighs predictors on what leaving perturbations out said of them, and what that makes of each set left out. */
export function stackOf(leftOut: readonly LeftOut[], predictors: readonly Predictor[]): Stack {
  const learned = predictors.map((predictor) => predictor.learned);
  const weigh = stackWeights(leftOut, learned);
  const weights = weigh();
  const width = learned.lastIndexOf(true);
  return {
    weights,
    predictor: stacked(predictors, weights, width),
    leftOut: leftOut.map((entry) => {
      const own = weigh(keyOf(entry.condition.interventions));
      return { ...entry, said: [...entry.said, weighted(entry.said, own, width)] };
    }),
  };
}

/**
 * Weights of predictors by least squares on changes in spreads, drawn towards most of what the learned ones say.
 * @param learned of each predictor
 * @returns weights on all sets of interventions, or on all but the one whose key is given
 */
export function stackWeights(
  leftOut: readonly LeftOut[],
  learned: readonly boolean[],
): (without?: string) => Float64Array {
  const size = learned.length;
  const spread = spreadOf(
    leftOut.map(({ measured }) => measured),
    scalesOf(leftOut.map(({ condition }) => condition)),
  );
  const share = PRIOR / learned.filter((is) => is).length;
  const prior = Float64Array.from(learned, (is) => (is ? share : 0));
  const sets = new Map<string, Sums>();
  for (const entry of leftOut) {
    const key = keyOf(entry.condition.interventions);
    sets.set(key, sum([sets.get(key), sumsOf(entry, spread, size)], size));
  }
  return (without) => {
    const rest = [...sets].flatMap(([key, sums]) => (key === without ? [] : [sums]));
    return weightsOf(sum(rest, size), rest.length, prior);
  };
}

/** @param width the predictor whose spread is the stack's */
function stacked(predictors: readonly Predictor[], weights: Float64Array, width: number): Predictor {
  return {
    name: STACK,
    learned: true,
    async predict(context, asked) {
      const all: (readonly Said[])[] = [];
      for (const predictor of predictors) all.push(await predictor.predict(context, asked));
      return Array.from({ length: asked.rows.count }, (_, q) =>
        weighted(
          all.map((said) => said[q] as Said),
          weights,
          width,
        ),
      );
    },
  };
}

/** A weighted sum of what predictors say; its spread is that of one of them. */
export function weighted(said: readonly Said[], weights: Float64Array, width: number): Said {
  const spread = said[width]?.spread ?? new Float64Array();
  const change = spread.map((_, v) =>
    said.reduce((sum, each, p) => sum + (weights[p] ?? 0) * (each.change[v] ?? 0), 0),
  );
  return { change, spread };
}

function sumsOf({ measured, said }: LeftOut, spread: Float64Array, size: number): Sums {
  const sums = { products: new Float64Array(size * size), measured: new Float64Array(size), count: 0, conditions: 1 };
  const row = new Float64Array(size);
  for (const [v, value] of measured.entries()) {
    if (Number.isNaN(value)) continue;
    const unit = spread[v] ?? 1;
    for (let p = 0; p < size; p++) row[p] = (said[p]?.change[v] ?? 0) / unit;
    for (let p = 0; p < size; p++) {
      sums.measured[p] = (sums.measured[p] ?? 0) + ((row[p] ?? 0) * value) / unit;
      for (let q = 0; q < size; q++)
        sums.products[p * size + q] = (sums.products[p * size + q] ?? 0) + (row[p] ?? 0) * (row[q] ?? 0);
    }
    sums.count++;
  }
  return sums;
}

function sum(all: readonly (Sums | undefined)[], size: number): Sums {
  const there = all.flatMap((sums) => sums ?? []);
  const total = (of: (sums: Sums) => number): number => there.reduce((sum, each) => sum + of(each), 0);
  return {
    products: Float64Array.from({ length: size * size }, (_, i) => total(({ products }) => products[i] ?? 0)),
    measured: Float64Array.from({ length: size }, (_, p) => total(({ measured }) => measured[p] ?? 0)),
    count: total(({ count }) => count),
    conditions: total(({ conditions }) => conditions),
  };
}

/**
 * Least squares with a pull to the prior, by coordinate descent on weights >= 0. The pull weighs as much as `WORTH` sets
 * of the boldest predictor: on changes that nobody foretells much of, trials still count.
 */
function weightsOf({ products, measured, count, conditions }: Sums, sets: number, prior: Float64Array): Float64Array {
  const weights = prior.slice();
  const size = prior.length;
  const boldest = prior.reduce((most, _, p) => Math.max(most, products[p * size + p] ?? 0), 0);
  if (count === 0 || boldest === 0) return weights;
  const pull = (WORTH / Math.sqrt(sets * conditions)) * boldest;
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let p = 0; p < size; p++) {
      let rest = (measured[p] ?? 0) + pull * (prior[p] ?? 0);
      for (let q = 0; q < size; q++) if (q !== p) rest -= (products[p * size + q] ?? 0) * (weights[q] ?? 0);
      weights[p] = Math.max(0, rest / ((products[p * size + p] ?? 0) + pull));
    }
  return weights;
}
