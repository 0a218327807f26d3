import { mean } from "../../numerics/statistics.ts";
import { groupBy } from "../group.ts";
import { type BootstrapOptions, clusterBootstrap, type Interval } from "../metrics/bootstrap.ts";
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
  /** Its error less that of the best plain row, drawn in pairs over genotypes; absent for that row itself. */
  readonly versusBest?: Interval;
}

export interface GeneLevel {
  readonly rows: readonly GeneRow[];
  readonly conditions: number;
  readonly genes: number;
  /** The plain row of the lowest error. */
  readonly best: string;
}

/** As in models/training: chosen there by leave-project-out fit. */
const RIDGE = 300;

/**
 * Predicted activities carried to the expression of all genes, against measured expression. The weights of genes are
 * fitted without the samples of what is held out, genotype or project; the row `measured activities` shows what they could reach.
 * @param locusOf b-number of a gene's name, lower case
 */
export function geneLevel(
  entries: readonly Entry[],
  task: KnockoutTask,
  { pairs, examples }: Pick<Evaluation, "pairs" | "examples">,
  table: GeneTable,
  locusOf: ReadonlyMap<string, string>,
  bootstrap: BootstrapOptions,
): GeneLevel {
  const measured = pairs.map((pair) => measuredChange(pair, table));
  const usable = [...pairs.keys()].filter((c) => measured[c] !== undefined);
  const groups = examples.map(({ group }) => group);
  const decoders = decodersByGroup(pairs, groups, usable, task, table);
  const truth = {
    name: "measured activities",
    kind: "ceiling",
    predicted: examples.map(({ change }) => change),
  } as const;
  const known: readonly Entry[] = [...entries, truth];
  const kept = usable.map((c) => keptGenes(pairs[c]?.genotype ?? "", table, locusOf));
  const observed = usable.map((c, k) => pick(measured[c] ?? new Float64Array(), kept[k] ?? []));
  const judged = known.map(({ name, kind, predicted }) => {
    const decoded = usable.map((c, k) => {
      const change = predicted[c] ?? new Float64Array();
      return pick(decoders.get(groups[c] ?? "")?.decode(change) ?? change, kept[k] ?? []);
    });
    const errors = observed.map((y, k) => mean(y.map((value, g) => ((decoded[k]?.[g] ?? 0) - value) ** 2)));
    return { name, kind, errors, mse: mean(errors), pearson: definedMean(correlations(decoded, observed)) };
  });
  const [best] = judged.filter(({ kind }) => kind === "plain").sort((a, b) => a.mse - b.mse);
  const genotypes = usable.map((c) => pairs[c]?.genotype ?? "");
  const rows = judged.map(({ name, mse, pearson, errors }): GeneRow => {
    if (best === undefined || name === best.name) return { name, mse, pearson };
    const difference = errors.map((error, k) => error - (best.errors[k] ?? 0));
    const over = (drawn: readonly number[]) => mean(drawn.map((k) => difference[k] ?? 0));
    return { name, mse, pearson, versusBest: clusterBootstrap(genotypes, over, bootstrap) };
  });
  return { rows, conditions: usable.length, genes: table.genes.length, best: best?.name ?? "" };
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

/** Where a whole project is held out, its wild types are too. */
function decodersByGroup(
  pairs: readonly KnockoutPair[],
  groups: readonly string[],
  usable: readonly number[],
  task: KnockoutTask,
  table: GeneTable,
): Map<string, GeneDecoder> {
  return new Map(
    [...groupBy(usable, (c) => groups[c] ?? "")].map(([group]) => {
      const inside = pairs.filter((_, c) => groups[c] === group);
      const held = new Set(
        inside.flatMap(({ genotype, knockoutSamples, wildTypeSamples }) =>
          genotype === group ? knockoutSamples : [...knockoutSamples, ...wildTypeSamples],
        ),
      );
      const names = [...table.samples.keys()].filter((name) => !held.has(name) && task.activities.samples.has(name));
      const of = <T>(map: ReadonlyMap<string, T>): T[] => names.flatMap((name) => map.get(name) ?? []);
      return [group, geneDecoder(of(task.activities.samples), of(table.samples), RIDGE)];
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
