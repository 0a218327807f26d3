import { columnIndex, firstCells, numberAt, readTable } from "../../analysis/csv.ts";
import { CellweaveError } from "../../errors.ts";
import { nodeFiles } from "../../scenario/documents/files-node.ts";

/**
 * The medium of `--medium`: uptakes as EXCHANGE=UPTAKE, or a CSV file with exchanges in its first column, as
 * `cellweave medium --csv` writes.
 */
export async function mediumFrom(given: readonly string[]): Promise<Map<string, number>> {
  const medium = new Map<string, number>();
  for (const text of given) {
    const [, id, amount] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    const isFile = id === undefined && /[./\\]/.test(text);
    if (!isFile) medium.set(id ?? "", amountOf(text, amount));
    else for (const [exchange, uptake] of await uptakesIn(text)) medium.set(exchange, uptake);
  }
  return medium;
}

function amountOf(text: string, amount = ""): number {
  const value = /^\+?inf(?:inity)?$/i.test(amount) ? Number.POSITIVE_INFINITY : Number(amount);
  if (amount.trim() !== "" && !Number.isNaN(value)) return value;
  throw new CellweaveError("cli/usage", `--medium: expected EXCHANGE=UPTAKE or a CSV file, got '${text}'`, {
    kind: "usage",
    hint: "for example --medium EX_glc__D_e=10,EX_o2_e=20,EX_nh4_e=1000,EX_pi_e=1000",
  });
}

async function uptakesIn(file: string): Promise<[string, number][]> {
  const table = readTable(new TextDecoder().decode(await nodeFiles.read(file)), file);
  const column = columnIndex(table, "uptake_mmol_per_gDW_per_h");
  return firstCells(table).map((id, row) => [id, numberAt(table, row, column)]);
}
