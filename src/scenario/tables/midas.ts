import { CellweaveError } from "../../errors.ts";
import { type CsvTable, parseCsv } from "./csv.ts";

interface Table extends CsvTable {
  readonly file: string;
}

/** One treatment at one time, with what was measured. */
export interface MidasRow {
  /** Ligands added, by the file's names. */
  readonly stimuli: readonly string[];
  /** Drugs added, one name each: a column `A_Bi` is the pair of A and B. */
  readonly inhibitors: readonly string[];
  /** Minutes after the stimulus. */
  readonly time: number;
  /** Shape [observables]; NaN where nothing was measured. */
  readonly values: Float64Array;
}

/** Time courses of one cell line. */
export interface Midas {
  readonly file: string;
  /** The cell line, where the header names one. */
  readonly line: string | undefined;
  readonly observables: readonly string[];
  readonly stimuli: readonly string[];
  readonly rows: readonly MidasRow[];
}

interface Treatment {
  readonly column: number;
  readonly names: readonly string[];
  readonly kind: "stimulus" | "inhibitor";
}

/**
 * Reads a MIDAS table: columns `TR:` treatments (a drug ends in `i` or `:Inhibitors`, the line in `:CellLine`), `DA:`
 * times in minutes and `DV:` measured values.
 * @throws CellweaveError `midas/columns`, `midas/value`, `csv/...` saying which column or line
 * @see doi:10.1093/bioinformatics/btn018
 */
export function parseMidas(text: string, file: string): Midas {
  const table = { ...parseCsv(text, file), file };
  const columnsOf = (prefix: string) =>
    table.header.flatMap((name, column) => (name.startsWith(prefix) ? [{ column, name: name.slice(3) }] : []));
  const values = columnsOf("DV:");
  const times = columnsOf("DA:");
  const treatments = columnsOf("TR:").flatMap(({ column, name }) => treatmentOf(column, name));
  for (const [prefix, found] of [
    ["TR:", treatments],
    ["DA:", times],
    ["DV:", values],
  ] as const)
    if (found.length === 0)
      throw new CellweaveError("midas/columns", `no column starts with '${prefix}'`, {
        place: { file, line: 1 },
        hint: "a MIDAS table has TR: (treatments), DA: (times) and DV: (values) columns",
      });
  const line = columnsOf("TR:").find(({ name }) => /:CellLine$/i.test(name));
  return {
    file,
    line: line?.name.replace(/:CellLine$/i, ""),
    observables: values.map(({ name }) => name),
    stimuli: treatments.filter(({ kind }) => kind === "stimulus").flatMap(({ names }) => names),
    rows: table.rows.map((_, r) => ({
      stimuli: given(table, r, treatments, "stimulus"),
      inhibitors: given(table, r, treatments, "inhibitor"),
      time: timeOf(table, r, times),
      values: Float64Array.from(values, ({ column }) => valueAt(table, r, column)),
    })),
  };
}

function treatmentOf(column: number, name: string): Treatment[] {
  const [id = "", suffix = ""] = name.split(":");
  if (/^cellline$/i.test(suffix)) return [];
  if (/^inhibitors?$/i.test(suffix)) return [{ column, names: id.replace(/i$/, "").split("_"), kind: "inhibitor" }];
  if (suffix === "" && id.endsWith("i")) return [{ column, names: id.slice(0, -1).split("_"), kind: "inhibitor" }];
  return [{ column, names: [id], kind: "stimulus" }];
}

function given(table: Table, row: number, treatments: readonly Treatment[], kind: Treatment["kind"]): string[] {
  const on = treatments.filter((treatment) => treatment.kind === kind && numberAt(table, row, treatment.column) !== 0);
  return [...new Set(on.flatMap(({ names }) => names))].sort();
}

/** One time for the row: tables whose `DA:` columns differ within a row are refused. */
function timeOf(table: Table, row: number, times: readonly { readonly column: number }[]): number {
  const found = new Set(times.map(({ column }) => numberAt(table, row, column)));
  const [time = 0] = found;
  if (found.size === 1) return time;
  throw new CellweaveError("midas/times", `expected one time in all DA: columns, got ${[...found].join(", ")}`, {
    place: { file: table.file, line: table.rows[row]?.line ?? 1 },
  });
}

function valueAt(table: Table, row: number, column: number): number {
  const text = (table.rows[row]?.cells[column] ?? "").trim();
  if (text === "" || /^nan?$/i.test(text)) return Number.NaN;
  const value = numberAt(table, row, column);
  if (value >= 0) return value;
  throw new CellweaveError("midas/value", `column '${table.header[column]}': expected a signal >= 0, got ${value}`, {
    place: { file: table.file, line: table.rows[row]?.line ?? 1 },
    hint: "values are linear intensities, not their logarithms",
  });
}

function numberAt({ header, rows, file }: Table, row: number, column: number): number {
  const { line = 1, cells = [] } = rows[row] ?? {};
  const text = (cells[column] ?? "").trim();
  const value = Number(text);
  if (text !== "" && Number.isFinite(value)) return value;
  const message = `column '${header[column]}': expected a number, got '${text}'`;
  throw new CellweaveError("midas/number", message, { place: { file, line } });
}
