import { CellweaveError } from "../../errors.ts";
import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { columnIndex, numberAt, readTable, type Table } from "../csv.ts";

/**
 * Reads predictions made elsewhere: CSV with a column `pair` (`genotype|condition`), or columns `genotype` and
 * `condition`, and one for each iModulon, holding the predicted change (knockout minus wild type). Further columns are
 * left alone.
 * @param iModulons those wanted, in order
 * @returns one array for each example, same order
 * @throws CellweaveError `predictions/missing` where an example has no row, `csv/...` where a column or number is wrong
 */
export function readPredictions(
  text: string,
  file: string,
  examples: readonly KnockoutExample[],
  iModulons: readonly string[],
): Float64Array[] {
  const table = readTable(text, file);
  const columns = iModulons.map((name) => columnIndex(table, name));
  const rows = rowsByCondition(table);
  return examples.map(({ genotype, condition }) => {
    const row = rows.get(keyOf(genotype, condition));
    if (row !== undefined) return Float64Array.from(columns, (column) => numberAt(table, row, column));
    throw new CellweaveError("predictions/missing", `no prediction for '${genotype}' in '${condition}'`, {
      place: { file },
      hint: "predictions need one row for each pair of the benchmark",
    });
  });
}

function rowsByCondition(table: Table): Map<string, number> {
  const key = keyReader(table);
  const rows = new Map<string, number>();
  for (const [r, { cells, line }] of table.rows.entries()) {
    const name = key(cells);
    if (rows.has(name))
      throw new CellweaveError("predictions/twice", `'${name}' is predicted twice`, {
        place: { file: table.file, line },
      });
    rows.set(name, r);
  }
  return rows;
}

function keyReader(table: Table): (cells: readonly string[]) => string {
  const pair = table.header.indexOf("pair");
  if (pair >= 0) return (cells) => cells[pair] ?? "";
  const genotype = columnIndex(table, "genotype");
  const condition = columnIndex(table, "condition");
  return (cells) => keyOf(cells[genotype] ?? "", cells[condition] ?? "");
}

function keyOf(genotype: string, condition: string): string {
  return `${genotype}|${condition}`;
}
