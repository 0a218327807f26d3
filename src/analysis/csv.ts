import { CellweaveError } from "../errors.ts";
import { type CsvTable, parseCsv } from "../scenario/csv.ts";

/** A table as read from CSV, with its file's name for messages. */
export interface Table extends CsvTable {
  readonly file: string;
}

export function readTable(text: string, file: string): Table {
  return { ...parseCsv(text, file), file };
}

/**
 * The index of a column by name.
 * @throws CellweaveError `csv/column` naming the columns there are
 */
export function columnIndex({ header, file }: Table, name: string): number {
  const index = header.indexOf(name);
  if (index >= 0) return index;
  const shown = header.slice(0, 8).join(", ") + (header.length > 8 ? ", ..." : "");
  throw new CellweaveError("csv/column", `column '${name}' is missing`, {
    place: { file, line: 1 },
    hint: `the columns are ${shown}`,
  });
}

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
