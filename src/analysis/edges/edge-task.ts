import { columnIndex, readTable } from "../csv.ts";
import type { GeneTable } from "../knockouts/gene-table.ts";

/** Which genes does which transcription factor regulate? Every pair of a factor and a gene is a question. */
export interface EdgeTask {
  /** b-numbers of the factors' genes. */
  readonly factors: readonly string[];
  /** b-numbers of the candidate targets. */
  readonly targets: readonly string[];
  /** 1 where the network has the edge, shape [factors, targets] row-major. */
  readonly truth: Uint8Array;
  /** 1 for the pairs that count: a factor is no question to itself. */
  readonly counted: Uint8Array;
}

/** Sources that are not about transcription factors: sigma factors, small RNAs, ppGpp. */
const OTHER_SOURCES = new Set(["RegulonDB_sigma", "RegulonDB_sRNA", "PMID:30971496"]);

/**
 * Reads the network (`TRN.csv` of PRECISE-1K: regulator, gene_id, source) and keeps factors whose own gene is known.
 * @param genes candidate targets
 * @param locusOf b-number of a gene's name, lower case
 */
export function edgeTask(
  text: string,
  file: string,
  genes: readonly string[],
  locusOf: ReadonlyMap<string, string>,
): EdgeTask {
  const table = readTable(text, file);
  const [regulator, gene, source] = (["regulator", "gene_id", "source"] as const).map((name) =>
    columnIndex(table, name),
  );
  const column = new Map(genes.map((locus, i) => [locus, i]));
  const edges = new Map<string, Set<number>>();
  for (const { cells } of table.rows) {
    const factor = locusOf.get((cells[regulator ?? -1] ?? "").toLowerCase());
    const target = column.get(cells[gene ?? -1] ?? "");
    if (OTHER_SOURCES.has(cells[source ?? -1] ?? "") || factor === undefined || target === undefined) continue;
    if (genes[target] !== factor) edges.set(factor, (edges.get(factor) ?? new Set()).add(target));
  }
  const factors = [...edges.keys()].sort();
  const truth = new Uint8Array(factors.length * genes.length);
  const counted = new Uint8Array(truth.length).fill(1);
  for (const [f, factor] of factors.entries()) {
    for (const target of edges.get(factor) ?? []) truth[f * genes.length + target] = 1;
    const own = column.get(factor);
    if (own !== undefined) counted[f * genes.length + own] = 0;
  }
  return { factors, targets: genes, truth, counted };
}

/** Start of each gene on the chromosome, base pairs, by b-number. */
export function geneStarts(text: string, file: string): Map<string, number> {
  const table = readTable(text, file);
  const locus = columnIndex(table, "locus_tag");
  const start = columnIndex(table, "start");
  return new Map(table.rows.map(({ cells }) => [cells[locus] ?? "", Number(cells[start] ?? "")]));
}

/** Columns of a table of expression by b-number, each over all samples. */
export function expressionOf({ genes, samples }: GeneTable): Map<string, Float64Array> {
  const columns = [...samples.values()];
  return new Map(genes.map((gene, g) => [gene, Float64Array.from(columns, (column) => column[g] ?? 0)]));
}
