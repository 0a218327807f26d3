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
  await writeText(file, text);
  err.write(`wrote ${file}\n`);
}

/** Fluxes below this are shown as nothing, mmol/gDW/h. */
export const NOTHING = 1e-9;

/** A flux as tables show it, four decimals. */
export function fixed(value: number): string {
  return Number.isNaN(value) ? "-" : (Math.abs(value) < NOTHING ? 0 : value).toFixed(4);
}
