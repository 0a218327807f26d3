import { CellweaveError } from "../../errors.ts";
import { type CsvTable, parseCsv, separatorOf } from "./csv.ts";

/** A table as read from CSV, with its file's name for messages. */
export interface Table extends CsvTable {
  readonly file: string;
}

export function readTable(text: string, file: string): Table {
  return { ...parseCsv(text, file), file };
}

/**
 * Reads a table of somebody's own, separated by commas, semicolons or tabs.
 * @throws CellweaveError `csv/encoding` where the text isn't UTF-8, `csv/empty`, `csv/syntax`
 */
export function readForeignTable(text: string, file: string): Table {
  const refuse = (code: string, message: string, hint: string) =>
    new CellweaveError(code, message, { place: { file }, hint });
  if (/[\uFFFD\0]/.test(text))
    throw refuse("csv/encoding", "the file is no text in UTF-8", "save it anew as 'CSV UTF-8'");
  if (text.trim() === "")
    throw refuse("csv/empty", "the file is empty", "a table has a header and a row for each entry");
  return { ...parseCsv(text, file, separatorOf(text)), file };
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
