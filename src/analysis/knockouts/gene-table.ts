import { columnIndex, numberAt, readTable } from "../csv.ts";

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
  const samples = new Map<string, Float64Array>();
  for (const [column, sample] of table.header.entries()) {
    if (column > 0)
      samples.set(
        sample,
        Float64Array.from(table.rows, (_, row) => numberAt(table, row, column)),
      );
  }
  return { genes: table.rows.map(({ cells }) => cells[0] ?? ""), samples };
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
