import { CellweaveError } from "../../errors.ts";

/** A table of text cells with the line each row starts on. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

export type Separator = "," | ";" | "\t";

/** The separator of a table: the one that its first line has most of, the comma where none is there. */
export function separatorOf(text: string): Separator {
  const [line = ""] = text.split(/[\r\n]/, 1);
  const count = (separator: string): number => line.split(separator).length;
  return ([";", "\t"] as const).reduce<Separator>((best, next) => (count(next) > count(best) ? next : best), ",");
}

/**
 * Reads comma-separated values with a header line; quoted cells may hold commas, quotes (doubled) and line ends.
 * @throws CellweaveError `csv/syntax` where a row's width differs from the header's or a quote stays open
 * @see RFC 4180
 */
export function parseCsv(text: string, file: string, separator: Separator = ","): CsvTable {
  const rows = [...records(text, file, separator)].filter(({ cells }) => cells.length > 1 || cells[0]?.trim() !== "");
  const [head, ...body] = rows;
  const header = (head?.cells ?? []).map((cell) => cell.trim());
  for (const { line, cells } of body) {
    if (cells.length === header.length) continue;
    const message = `expected ${header.length} cells as in the header, got ${cells.length}`;
    throw new CellweaveError("csv/syntax", message, { place: { file, line } });
  }
  return { header, rows: body };
}

function* records(text: string, file: string, separator: Separator): Generator<{ line: number; cells: string[] }> {
  const token = new RegExp(`("(?:[^"]|"")*"|[^"${separator}\\r\\n]*)(${separator}|\\r\\n|\\n|\\r|$)`, "gy");
  let line = 1;
  let start = 1;
  let cells: string[] = [];
  const source = text.replace(/^\uFEFF/, "");
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    if (match === null)
      throw new CellweaveError("csv/syntax", "a quote is not closed, or stands inside a cell without quotes", {
        place: { file, line },
        hint: 'quote the whole cell and double the quotes in it: "5"" pipe"',
      });
    const [, cell = "", end = ""] = match;
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    line += (cell.match(/\n/g) ?? []).length;
    if (end === separator) continue;
    yield { line: start, cells };
    cells = [];
    line += 1;
    start = line;
  }
  if (cells.length > 0) yield { line: start, cells: [...cells, ""] };
}
