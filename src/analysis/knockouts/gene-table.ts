import { columnIndex, firstCells, readTable, samplesOf } from "../csv.ts";

/** Expression of genes in samples. */
export interface GeneTable {
  /** b-numbers. */
  readonly genes: readonly string[];
  /** log2 (TPM + 1) by sample, shape [genes]. */
  readonly samples: ReadonlyMap<string, Float64Array>;
}

/** Reads a table of expression: first column the b-number, one further column a sample. */
export function parseGeneTable(text: string, file: string): GeneTable {
  const table = readTable(text, file);
  return { genes: firstCells(table), samples: samplesOf(table) };
}

/** b-numbers by gene name and synonym, lower case. */
export function parseGeneNames(text: string, file: string): Map<string, string> {
  const table = readTable(text, file);
  const locus = columnIndex(table, "locus_tag");
  const name = columnIndex(table, "gene_name");
  const synonyms = columnIndex(table, "synonyms");
  const names = new Map<string, string>();
  for (const { cells } of table.rows)
    for (const synonym of (cells[synonyms] ?? "").split(/[;,]\s*/))
      names.set(synonym.toLowerCase(), cells[locus] ?? "");
  for (const { cells } of table.rows) names.set((cells[name] ?? "").toLowerCase(), cells[locus] ?? "");
  return names;
}
