import { CellweaveError } from "../errors.ts";

/** A table as read from CSV: a header and rows of the same length. */
export interface Table {
  readonly file: string | undefined;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line on which each row starts, from 1. */
  readonly lines: readonly number[];
}

/**
 * Reads CSV (RFC 4180): quoted fields may hold commas, quotes (doubled) and line breaks; empty lines are skipped.
 * @param separator one character, `,` unless said otherwise
 * @throws CellweaveError `csv/ragged` where a row's length differs from the header's, `csv/quote`, `csv/empty`
 */
export function parseCsv(text: string, file?: string, separator = ","): Table {
  const records = [...recordsOf(text.replace(/^\ufeff/, ""), separator, file)];
  const [head, ...rest] = records;
  if (head === undefined) throw new CellweaveError("csv/empty", "the table is empty", { place: place(file, 1) });
  for (const { fields, line } of rest) {
    if (fields.length === head.fields.length) continue;
    const message = `expected ${head.fields.length} fields as in the header, got ${fields.length}`;
    throw new CellweaveError("csv/ragged", message, { place: place(file, line) });
  }
  return { file, header: head.fields, rows: rest.map(({ fields }) => fields), lines: rest.map(({ line }) => line) };
}

interface CsvRecord {
  readonly fields: string[];
  readonly line: number;
}

function* recordsOf(text: string, separator: string, file: string | undefined): Generator<CsvRecord> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = line;
    const fields: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at, place(file, line)) : bare(text, at, separator);
      fields.push(field.value);
      line += field.breaks;
      at = field.end;
      if (text[at] !== separator) break;
      at++;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    line++;
    if (fields.length > 1 || fields[0] !== "") yield { fields, line: start };
  }
}

interface Field {
  readonly value: string;
  readonly end: number;
  /** Line breaks inside the field. */
  readonly breaks: number;
}

function bare(text: string, from: number, separator: string): Field {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++;
  return { value: text.slice(from, end), end, breaks: 0 };
}

function quoted(text: string, from: number, where: ReturnType<typeof place>): Field {
  let end = from + 1;
  for (;;) {
    const quote = text.indexOf('"', end);
    if (quote < 0) throw new CellweaveError("csv/quote", "a quoted field is not closed", { place: where });
    end = quote + 1;
    if (text[end] !== '"') break;
    end++;
  }
  const value = text.slice(from + 1, end - 1).replaceAll('""', '"');
  return { value, end, breaks: value.split("\n").length - 1 };
}

function place(file: string | undefined, line: number) {
  return { ...(file === undefined ? {} : { file }), line };
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
    place: place(file, 1),
    hint: `the columns are ${shown}`,
  });
}

/**
 * A field as a number.
 * @throws CellweaveError `csv/number` with line and column name
 */
export function numberAt(table: Table, row: number, column: number): number {
  const text = table.rows[row]?.[column] ?? "";
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  const message = `column '${table.header[column]}': expected a number, got '${text}'`;
  throw new CellweaveError("csv/number", message, { place: place(table.file, table.lines[row] ?? 1) });
}
