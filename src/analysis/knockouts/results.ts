import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";
import { correlations, definedMean } from "../metrics/change.ts";
import { skill } from "../metrics/skill.ts";
import { type Entry, type Measured, measureRow, pairedDifference, type Row } from "./metrics-row.ts";
import type { ReplicateChanges } from "./replicates.ts";

/** A row beside the best plain one. */
export interface ComparedRow extends Row {
  /** Mean squared error minus the best plain row's, over the same draws; absent for plain rows and the ceiling. */
  readonly versusBest?: Interval;
  /** (r - best plain r) / (ceiling r - best plain r). */
  readonly skill: number;
}

/** A table of results. */
export interface Results {
  readonly rows: readonly ComparedRow[];
  /** The plain row with the smallest error. */
  readonly best: string;
  readonly conditions: number;
  readonly genotypes: number;
  readonly bootstrap: BootstrapOptions;
}

/**
 * Every predictor measured and set beside the best plain one.
 * @param ceiling the same change measured twice, where there are replicates
 */
export function compareEntries(
  entries: readonly Entry[],
  measured: Measured,
  ceiling: ReplicateChanges | undefined,
  bootstrap: BootstrapOptions,
): Results {
  const { examples } = measured;
  const rows = entries.map((entry) => measureRow(entry, measured, bootstrap));
  const plain = rows.filter(({ kind }) => kind === "plain");
  const [best = rows[0]] = [...plain].sort((a, b) => a.mse.estimate - b.mse.estimate);
  const bestEntry = entries.find(({ name }) => name === best?.name);
  const top = ceiling === undefined ? undefined : ceilingRow(ceiling, measured, bootstrap);
  const skillOf = ({ pearson }: Row): number =>
    skill(pearson.estimate, best?.pearson.estimate ?? Number.NaN, top?.pearson.estimate ?? Number.NaN);
  const compared = rows.map((row, i): ComparedRow => {
    const entry = entries[i];
    if (row.kind === "plain" || entry === undefined || bestEntry === undefined) return { ...row, skill: skillOf(row) };
    return { ...row, skill: skillOf(row), versusBest: pairedDifference(entry, bestEntry, measured, bootstrap) };
  });
  return {
    rows: top === undefined ? compared : [...compared, { ...top, skill: 1 }],
    best: best?.name ?? "",
    conditions: examples.length,
    genotypes: new Set(examples.map(({ genotype }) => genotype)).size,
    bootstrap,
  };
}

const UNDEFINED: Interval = { estimate: Number.NaN, low: Number.NaN, high: Number.NaN };

/** The replicate ceiling: one replicate's change correlated with another's. */
function ceilingRow(
  { pairs, first, second }: ReplicateChanges,
  { examples }: Measured,
  bootstrap: BootstrapOptions,
): Row {
  const r = correlations(first, second);
  const genotypes = pairs.map((c) => examples[c]?.genotype ?? "");
  return {
    name: "replicate against replicate (ceiling)",
    kind: "ceiling",
    mse: UNDEFINED,
    pearson: clusterBootstrap(
      genotypes,
      (conditions) => definedMean(Float64Array.from(conditions, (c) => r[c] ?? Number.NaN)),
      bootstrap,
    ),
    ownRegulon: UNDEFINED,
    pearsonCentred: Number.NaN,
    sign: Number.NaN,
    discrimination: Number.NaN,
    coverage: [],
  };
}
