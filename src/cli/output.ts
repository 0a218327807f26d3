import type { Streams } from "./command.ts";
import { writeText } from "./write-text.ts";

/** A table as CSV text: numbers in full, text quoted where it must be. */
export function csvText(header: readonly string[], rows: readonly (readonly (string | number | boolean)[])[]): string {
  const cell = (value: string | number | boolean) =>
    typeof value === "string" && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
  return `${[header, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

/** Writes CSV to a file, or to stdout for `-`. */
export async function writeCsv(file: string, text: string, { out, err }: Streams): Promise<void> {
  if (file === "-") {
    out.write(text);
    return;
  }
  await writeFileFor(file, text, { out, err });
}

/** A table that a command offers in several forms. */
export interface OutputTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean)[])[];
}

/** The tables a user asked for. */
export async function writeOutputs(
  { csv, parquet }: { readonly csv?: string; readonly parquet?: string },
  table: () => OutputTable,
  streams: Streams,
): Promise<void> {
  if (csv !== undefined) {
    const { header, rows } = table();
    await writeCsv(csv, csvText(header, rows), streams);
  }
  if (parquet !== undefined) {
    const { tableParquet } = await import("../report/tables/table-parquet.ts");
    const { header, rows } = table();
    await writeFileFor(parquet, tableParquet(header, rows), streams);
  }
}

/** Draws the figure a user asked for; nothing is drawn where none is wanted. */
export async function writeFigure(
  file: string | undefined,
  draw: () => Promise<{ readonly svg: string }>,
  streams: Streams,
): Promise<void> {
  if (file !== undefined) await writeFileFor(file, (await draw()).svg, streams);
}

async function writeFileFor(file: string, content: string | Uint8Array, { err }: Streams): Promise<void> {
  await writeText(file, content);
  err.write(`wrote ${file}\n`);
}
