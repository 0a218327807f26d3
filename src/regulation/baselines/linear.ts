import { ridgeSums } from "../../numerics/linear/linalg.ts";
import type { Baseline, KnockoutExample, KnockoutQuery } from "./example.ts";

/** One number for each iModulon of a query, with one weight shared by all of them. */
export interface Feature {
  readonly name: string;
  /** @param pool examples a feature may be made from, the query's own group left out */
  prepare(pool: readonly KnockoutExample[]): (query: KnockoutQuery) => Float64Array;
}

/** 1 for the iModulons that a deleted gene regulates. */
export const regulon: Feature = {
  name: "regulon",
  prepare:
    () =>
    ({ own }) =>
      Float64Array.from(own),
};

/** The wild type's activity, for the iModulons that a deleted gene regulates: what is lost if it was the activator. */
export const regulonTimesWildType: Feature = {
  name: "regulon x WT",
  prepare:
    () =>
    ({ own, wildType }) =>
      wildType.map((activity, i) => activity * (own[i] ?? 0)),
};

export const wildType: Feature = { name: "WT", prepare: () => (query) => query.wildType };

/** A feature in the units of activities: times each iModulon's standard deviation. */
export function scaled(feature: Feature, scale: Float64Array): Feature {
  return {
    name: `${feature.name} x sd`,
    prepare(pool) {
      const value = feature.prepare(pool);
      return (query) => value(query).map((amount, i) => amount * (scale[i] ?? 1));
    },
  };
}

/** The wild type's activity in proportion to the size of a feature. */
export function ofWildType(feature: Feature): Feature {
  return {
    name: `|${feature.name}| x WT`,
    prepare(pool) {
      const value = feature.prepare(pool);
      return (query) => value(query).map((amount, i) => Math.abs(amount) * (query.wildType[i] ?? 0));
    },
  };
}

/** A feature where another is not zero. */
export function where(condition: Feature, feature: Feature): Feature {
  return combined(`${feature.name} where ${condition.name}`, condition, feature, (c, value) => (c === 0 ? 0 : value));
}

/** Two features multiplied. */
export function product(a: Feature, b: Feature): Feature {
  return combined(`${a.name} x ${b.name}`, a, b, (x, y) => x * y);
}

function combined(name: string, a: Feature, b: Feature, join: (a: number, b: number) => number): Feature {
  return {
    name,
    prepare(pool) {
      const [first, second] = [a.prepare(pool), b.prepare(pool)];
      return (query) => {
        const other = second(query);
        return first(query).map((value, i) => join(value, other[i] ?? 0));
      };
    },
  };
}

/** Another baseline's prediction as a feature; for one pool it is fitted, and each query asked, once. */
export function predictionOf(baseline: Baseline, name: string): Feature {
  const prepared = new WeakMap<readonly KnockoutExample[], (query: KnockoutQuery) => Float64Array>();
  return {
    name,
    prepare(pool) {
      const known = prepared.get(pool);
      if (known !== undefined) return known;
      const fitted = baseline.fit(pool);
      const answers = new WeakMap<KnockoutQuery, Float64Array>();
      const ask = (query: KnockoutQuery): Float64Array => {
        const answer = answers.get(query) ?? fitted.predict(query);
        answers.set(query, answer);
        return answer;
      };
      prepared.set(pool, ask);
      return ask;
    },
  };
}

/**
 * Least squares with a ridge over all (example, iModulon) pairs, without intercept.
 * @param ridge added to the diagonal of X'X
 */
export function linear(name: string, features: readonly Feature[], ridge = 1e-3): Baseline {
  return {
    name,
    fit(training, pool = training) {
      const prepared = features.map((feature) => feature.prepare(pool));
      const weights = fitWeights(training, prepared, ridge);
      return { predict: (query) => combine(prepared, weights, query) };
    },
  };
}

type Prepared = (query: KnockoutQuery) => Float64Array;

function fitWeights(training: readonly KnockoutExample[], features: readonly Prepared[], ridge: number): Float64Array {
  const sums = ridgeSums(features.length);
  const row = new Float64Array(features.length);
  for (const example of training) {
    const columns = features.map((feature) => feature(example));
    for (let i = 0; i < example.change.length; i++) {
      for (const [f, column] of columns.entries()) row[f] = column[i] ?? 0;
      sums.add(row, example.change[i] ?? 0);
    }
  }
  return sums.solve(ridge);
}

function combine(features: readonly Prepared[], weights: Float64Array, query: KnockoutQuery): Float64Array {
  const change = new Float64Array(query.wildType.length);
  for (const [f, feature] of features.entries()) {
    const weight = weights[f] ?? 0;
    const column = feature(query);
    for (let i = 0; i < change.length; i++) change[i] = (change[i] ?? 0) + weight * (column[i] ?? 0);
  }
  return change;
}
