import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";
import {
  type Changes,
  correlations,
  definedMean,
  flagged,
  meanCentredCorrelation,
  pooledCorrelation,
  squaredErrors,
} from "../metrics/change.ts";
import { discrimination, signAgreement } from "../metrics/direction.ts";
import { conformalCoverage } from "./conformal.ts";

/** What kind of row a predictor makes in a table of results. */
export type RowKind = "plain" | "transformer" | "shipped" | "ceiling";

/** A predictor's answers: one array of changes for each example, same order. */
export interface Entry {
  readonly name: string;
  readonly kind: RowKind;
  readonly predicted: Changes;
}

/** One row of a table of results; NaN where a figure is not defined. */
export interface Row {
  readonly name: string;
  readonly kind: RowKind;
  readonly mse: Interval;
  readonly pearson: Interval;
  readonly ownRegulon: Interval;
  readonly pearsonCentred: number;
  readonly sign: number;
  readonly discrimination: number;
  /** What conformal intervals of 50, 80 and 90 % hold, calibrated on the other projects. */
  readonly coverage: readonly LevelCoverage[];
}

export interface LevelCoverage {
  readonly level: number;
  readonly overall: number;
  readonly worst: { readonly project: string; readonly coverage: number; readonly conditions: number };
}

const LEVELS = [0.5, 0.8, 0.9];

/** What predictions are measured against. */
export interface Measured {
  readonly examples: readonly KnockoutExample[];
  /** The mean training change for each example. */
  readonly centres: Changes;
  /** Standard deviation of a change between replicates, shape [iModulons]. */
  readonly noise: Float64Array;
}

/** All figures of one predictor, intervals by bootstrap over genotypes. */
export function measureRow({ name, kind, predicted }: Entry, measured: Measured, bootstrap: BootstrapOptions): Row {
  const { examples, centres, noise } = measured;
  const observed = examples.map(({ change }) => change);
  const genotypes = examples.map(({ genotype }) => genotype);
  const errors = squaredErrors(predicted, observed);
  const r = correlations(predicted, observed);
  const flags = examples.map(({ own }) => own);
  const ownPredicted = flagged(predicted, flags);
  const ownObserved = flagged(observed, flags);
  const interval = (statistic: (conditions: readonly number[]) => number) =>
    clusterBootstrap(genotypes, statistic, bootstrap);
  return {
    name,
    kind,
    mse: interval((conditions) => average(errors, conditions)),
    pearson: interval((conditions) => definedMean(Float64Array.from(conditions, (c) => r[c] ?? Number.NaN))),
    ownRegulon: interval((conditions) => pooledCorrelation(ownPredicted, ownObserved, conditions)),
    pearsonCentred: meanCentredCorrelation(predicted, observed, centres),
    sign: signAgreement(predicted, observed, noise),
    discrimination: discrimination(predicted, observed),
    coverage: coverageByLevel(predicted, examples),
  };
}

/** None where a single project leaves nothing to calibrate on. */
function coverageByLevel(predicted: Changes, examples: readonly KnockoutExample[]): LevelCoverage[] {
  if (new Set(examples.map(({ project }) => project)).size < 2) return [];
  return conformalCoverage(predicted, examples, LEVELS).map(({ overall, groups }, k) => {
    const level = LEVELS[k] ?? Number.NaN;
    const { group = "", coverage = Number.NaN, conditions = 0 } = groups[0] ?? {};
    return { level, overall, worst: { project: group, coverage, conditions } };
  });
}

/** Mean over the conditions drawn, repeats included. */
function average(values: Float64Array, conditions: readonly number[]): number {
  let sum = 0;
  for (const c of conditions) sum += values[c] ?? 0;
  return sum / conditions.length;
}

/**
 * How much larger one predictor's error is than another's, drawn in pairs over genotypes: below zero, the first is
 * better.
 */
export function pairedDifference(
  model: Entry,
  other: Entry,
  { examples }: Measured,
  bootstrap: BootstrapOptions,
): Interval {
  const observed = examples.map(({ change }) => change);
  const a = squaredErrors(model.predicted, observed);
  const b = squaredErrors(other.predicted, observed);
  const difference = a.map((error, c) => error - (b[c] ?? 0));
  return clusterBootstrap(
    examples.map(({ genotype }) => genotype),
    (conditions) => average(difference, conditions),
    bootstrap,
  );
}
