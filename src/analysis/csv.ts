import { CellweaveError } from "../errors.ts";
import type { Table } from "../scenario/tables/table.ts";

export { columnIndex, readTable, type Table } from "../scenario/tables/table.ts";

/**
 * A cell as a number.
 * @throws CellweaveError `csv/number` with line and column name
 */
export function numberAt(table: Table, row: number, column: number): number {
  const text = table.rows[row]?.cells[column] ?? "";
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  const message = `column '${table.header[column]}': expected a number, got '${text}'`;
  throw new CellweaveError("csv/number", message, { place: { file: table.file, line: table.rows[row]?.line ?? 1 } });
}

/** Columns after the first, by header: one array a sample, shape [rows]. */
export function samplesOf(table: Table): Map<string, Float64Array> {
  const samples = new Map<string, Float64Array>();
  for (const [column, sample] of table.header.entries())
    if (column > 0)
      samples.set(
        sample,
        Float64Array.from(table.rows, (_, row) => numberAt(table, row, column)),
      );
  return samples;
}

/** The first cell of every row. */
export function firstCells({ rows }: Table): string[] {
  return rows.map(({ cells }) => cells[0] ?? "");
}
