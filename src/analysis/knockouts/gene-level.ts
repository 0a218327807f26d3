import { mean } from "../../numerics/statistics.ts";
import { groupBy } from "../group.ts";
import { correlations, definedMean } from "../metrics/change.ts";
import type { Evaluation } from "./evaluation.ts";
import { type GeneDecoder, geneDecoder } from "./gene-decoder.ts";
import type { GeneTable } from "./gene-table.ts";
import type { Entry } from "./metrics-row.ts";
import { genesOf, type KnockoutPair } from "./pairs.ts";
import type { KnockoutTask } from "./task.ts";

/** One predictor at gene level. */
export interface GeneRow {
  readonly name: string;
  /** Mean squared error of log2 fold changes over conditions and genes, the deleted ones left out. */
  readonly mse: number;
  /** Mean over conditions of Pearson's r over genes; NaN where the prediction is constant. */
  readonly pearson: number;
}

export interface GeneLevel {
  readonly rows: readonly GeneRow[];
  readonly conditions: number;
  readonly genes: number;
}

/** As in models/training: chosen there by leave-project-out fit. */
const RIDGE = 300;

/**
 * Predicted activities carried to the expression of all genes, against measured expression. The weights of genes are
 * fitted without the samples of the held-out genotype; the row `measured activities` shows what they could reach.
 * @param locusOf b-number of a gene's name, lower case
 */
export function geneLevel(
  entries: readonly Entry[],
  task: KnockoutTask,
  { pairs, examples }: Pick<Evaluation, "pairs" | "examples">,
  table: GeneTable,
  locusOf: ReadonlyMap<string, string>,
): GeneLevel {
  const measured = pairs.map((pair) => measuredChange(pair, table));
  const usable = [...pairs.keys()].filter((c) => measured[c] !== undefined);
  const decoders = decodersByGenotype(pairs, usable, task, table);
  const truth = { name: "measured activities", predicted: examples.map(({ change }) => change) };
  const known: readonly Pick<Entry, "name" | "predicted">[] = [...entries, truth];
  const kept = usable.map((c) => keptGenes(pairs[c]?.genotype ?? "", table, locusOf));
  const observed = usable.map((c, k) => pick(measured[c] ?? new Float64Array(), kept[k] ?? []));
  const rows = known.map(({ name, predicted }): GeneRow => {
    const decoded = usable.map((c, k) => {
      const change = predicted[c] ?? new Float64Array();
      return pick(decoders.get(pairs[c]?.genotype ?? "")?.decode(change) ?? change, kept[k] ?? []);
    });
    const errors = observed.map((y, k) => mean(y.map((value, g) => ((decoded[k]?.[g] ?? 0) - value) ** 2)));
    return { name, mse: mean(errors), pearson: definedMean(correlations(decoded, observed)) };
  });
  return { rows, conditions: usable.length, genes: table.genes.length };
}

/** Knockout minus wild type over the samples that were measured; undefined where either side has none. */
function measuredChange(pair: KnockoutPair, { samples }: GeneTable): Float64Array | undefined {
  const average = (names: readonly string[]): Float64Array | undefined => {
    const found = names.flatMap((name) => samples.get(name) ?? []);
    return found[0]?.map((_, g) => mean(found.map((column) => column[g] ?? 0)));
  };
  const knockout = average(pair.knockoutSamples);
  const wildType = average(pair.wildTypeSamples);
  return wildType === undefined ? undefined : knockout?.map((value, g) => value - (wildType[g] ?? 0));
}

function decodersByGenotype(
  pairs: readonly KnockoutPair[],
  usable: readonly number[],
  task: KnockoutTask,
  table: GeneTable,
): Map<string, GeneDecoder> {
  const genotypes = groupBy(
    usable.flatMap((c) => pairs[c] ?? []),
    ({ genotype }) => genotype,
  );
  return new Map(
    [...genotypes].map(([genotype]) => {
      const held = new Set(pairs.filter((pair) => pair.genotype === genotype).flatMap((pair) => pair.knockoutSamples));
      const names = [...table.samples.keys()].filter((name) => !held.has(name) && task.activities.samples.has(name));
      const of = <T>(map: ReadonlyMap<string, T>): T[] => names.flatMap((name) => map.get(name) ?? []);
      return [genotype, geneDecoder(of(task.activities.samples), of(table.samples), RIDGE)];
    }),
  );
}

/** Positions of all genes but the deleted ones. */
function keptGenes(genotype: string, { genes }: GeneTable, locusOf: ReadonlyMap<string, string>): number[] {
  const deleted = new Set(genesOf(genotype).map((gene) => locusOf.get(gene.toLowerCase()) ?? gene));
  return [...genes.keys()].filter((g) => !deleted.has(genes[g] ?? ""));
}

function pick(values: Float64Array, positions: readonly number[]): Float64Array {
  return Float64Array.from(positions, (position) => values[position] ?? 0);
}
