import { CellweaveError } from "../errors.ts";
import { type CsvTable, parseCsv } from "./csv.ts";

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
