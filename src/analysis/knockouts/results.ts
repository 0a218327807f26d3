import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";
import { correlations, definedMean } from "../metrics/change.ts";
import { skill } from "../metrics/skill.ts";
import { type Entry, type Measured, measureRow, pairedDifference, type Row } from "./metrics-row.ts";
import type { ReplicateChanges } from "./replicates.ts";

/** A row beside the best plain one. */
export interface ComparedRow extends Row {
  /** Mean squared error minus the best plain row's, over the same draws; absent for plain rows and the ceiling. */
  readonly versusBest?: Interval;
  /** The same against the row that was asked for; absent for that row and the ceiling. */
  readonly versusAsked?: Interval;
  /** (r - best plain r) / (ceiling r - best plain r). */
  readonly skill: number;
}

/** A table of results. */
export interface Results {
  readonly rows: readonly ComparedRow[];
  /** The plain row with the smallest error. */
  readonly best: string;
  /** The row that all others were asked to be compared with. */
  readonly asked?: string;
  readonly conditions: number;
  readonly genotypes: number;
  readonly bootstrap: BootstrapOptions;
}

/**
 * Every predictor measured and set beside the best plain one.
 * @param ceiling the same change measured twice, where there are replicates
 * @param asked a row that all others are compared with too
 * @throws CellweaveError `evaluate/no-row` where there is none of that name
 */
export function compareEntries(
  entries: readonly Entry[],
  measured: Measured,
  ceiling: ReplicateChanges | undefined,
  bootstrap: BootstrapOptions,
  asked?: string,
): Results {
  const { examples } = measured;
  const askedEntry = asked === undefined ? undefined : entryNamed(asked, entries);
  const rows = entries.map((entry) => measureRow(entry, measured, bootstrap));
  const plain = rows.filter(({ kind }) => kind === "plain");
  const [best = rows[0]] = [...plain].sort((a, b) => a.mse.estimate - b.mse.estimate);
  const bestEntry = entries.find(({ name }) => name === best?.name);
  const top = ceiling === undefined ? undefined : ceilingRow(ceiling, measured, bootstrap);
  const skillOf = ({ pearson }: Row): number =>
    skill(pearson.estimate, best?.pearson.estimate ?? Number.NaN, top?.pearson.estimate ?? Number.NaN);
  const compared = rows.map((row, i): ComparedRow => {
    const entry = entries[i] as Entry;
    const versus = (other: Entry) => pairedDifference(entry, other, measured, bootstrap);
    return {
      ...row,
      skill: skillOf(row),
      ...(row.kind === "plain" || bestEntry === undefined ? {} : { versusBest: versus(bestEntry) }),
      ...(askedEntry === undefined || askedEntry === entry ? {} : { versusAsked: versus(askedEntry) }),
    };
  });
  return {
    rows: top === undefined ? compared : [...compared, { ...top, skill: 1 }],
    best: best?.name ?? "",
    ...(asked === undefined ? {} : { asked }),
    conditions: examples.length,
    genotypes: new Set(examples.map(({ genotype }) => genotype)).size,
    bootstrap,
  };
}

function entryNamed(name: string, entries: readonly Entry[]): Entry {
  const found = entries.find((entry) => entry.name === name);
  if (found !== undefined) return found;
  const names = entries.map((entry) => entry.name);
  throw new CellweaveError("evaluate/no-row", `the table has no row '${name}'`, {
    kind: "usage",
    hint: didYouMean(name, names) ?? `its rows are ${names.map((known) => `'${known}'`).join(", ")}`,
  });
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
