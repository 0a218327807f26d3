import { CellweaveError } from "../../errors.ts";
import { streamOf } from "./compound-file.ts";
import { sharedStrings } from "./shared-strings.ts";

/** Cells of one sheet: text or number, by row and column from 0; empty cells are absent. */
export type SheetRows = ReadonlyMap<number, ReadonlyMap<number, string | number>>;

const RECORD = { end: 0x0a, sheet: 0x85, strings: 0xfc, more: 0x3c } as const;
const CELL = { label: 0xfd, number: 0x203, rk: 0x27e, rks: 0xbd } as const;

/**
 * The first sheet of an Excel 97-2003 workbook (.xls). Formulas, dates' formats and styles are left out.
 * @throws CellweaveError where the bytes are no such workbook
 * @see MS-XLS, section 2.4
 */
export function firstSheet(bytes: Uint8Array, file: string): SheetRows {
  const stream = streamOf(bytes, ["Workbook", "Book"], file);
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let start: number | undefined;
  const chunks: Uint8Array[] = [];
  let before = 0;
  for (const { type, from, length } of records(view, 0)) {
    if (type === RECORD.sheet) start ??= view.getUint32(from, true);
    const continues = type === RECORD.more && before === RECORD.strings;
    if (type === RECORD.strings || continues) chunks.push(stream.subarray(from, from + length));
    before = continues ? RECORD.strings : type;
  }
  if (start === undefined)
    throw new CellweaveError("spreadsheet/workbook", "the workbook has no sheet", { place: { file } });
  return cellsOf(view, start, sharedStrings(chunks));
}

function cellsOf(view: DataView, start: number, strings: readonly string[]): SheetRows {
  const rows = new Map<number, Map<number, string | number>>();
  const put = (row: number, column: number, value: string | number): void => {
    const cells = rows.get(row) ?? new Map<number, string | number>();
    rows.set(row, cells.set(column, value));
  };
  for (const { type, from, length } of records(view, start)) {
    if (!(type === CELL.label || type === CELL.number || type === CELL.rk || type === CELL.rks)) continue;
    const [row, column] = [view.getUint16(from, true), view.getUint16(from + 2, true)];
    if (type === CELL.label) put(row, column, strings[view.getUint32(from + 6, true)] ?? "");
    if (type === CELL.number) put(row, column, view.getFloat64(from + 6, true));
    if (type === CELL.rk) put(row, column, rkNumber(view, from + 6));
    if (type === CELL.rks)
      for (let k = 0; k < (length - 6) / 6; k++) put(row, column + k, rkNumber(view, from + 6 + 6 * k));
  }
  return rows;
}

/** Records of one substream, up to its end. */
function* records(view: DataView, start: number) {
  for (let at = start; at + 4 <= view.byteLength; ) {
    const [type, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (type === RECORD.end) return;
    yield { type, from: at + 4, length };
    at += 4 + length;
  }
}

/** The compressed number of MS-XLS, section 2.5.217: 30 bits of an integer or of a double, perhaps in hundredths. */
function rkNumber(view: DataView, at: number): number {
  const bits = view.getInt32(at, true);
  const double = new DataView(new ArrayBuffer(8));
  double.setInt32(4, bits & ~3, true);
  const value = (bits & 2) === 0 ? double.getFloat64(0, true) : bits >> 2;
  return (bits & 1) === 0 ? value : value / 100;
}
