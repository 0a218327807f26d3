import { type ColumnSource, parquetWriteBuffer } from "../../vendor/parquet.ts";

/** A cell of a table; a number that is none (NaN) is left empty in Parquet. */
export type TableCell = string | number | boolean;

/**
 * A table as Parquet: text as STRING, numbers as DOUBLE, booleans as BOOLEAN, by what each column's cells are.
 * @param rows each of the header's length
 */
export function tableParquet(header: readonly string[], rows: readonly (readonly TableCell[])[]): Uint8Array {
  const columnData = header.map((name, c): ColumnSource => {
    const cells = rows.map((row) => row[c] ?? Number.NaN);
    if (cells.every((cell) => typeof cell === "boolean")) return { name, data: cells, type: "BOOLEAN" };
    if (cells.some((cell) => typeof cell !== "number")) return { name, data: cells.map(String), type: "STRING" };
    const data = cells.map((cell) => (Number.isNaN(cell) ? null : cell));
    return { name, data, type: "DOUBLE", encoding: "PLAIN" };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: "cellweave", statistics: false }));
}
