import { CellweaveError } from "../../errors.ts";
import type { SheetRows } from "../spreadsheet/workbook.ts";

/** OD600 from which a mutant counts as growing. */
export const GROWS_FROM = 0.1;

/**
 * OD600 after 24 h in MOPS glucose of the Keio collection's mutants, by b-number. Of a b-number listed twice the last
 * measured row counts.
 * @throws CellweaveError where the sheet has no such columns
 * @see doi:10.1038/msb4100050 (supplementary table 3)
 */
export function keioGrowth(rows: SheetRows, file: string): Map<string, number> {
  const [gene, density] = [columnOf(rows, "b number", file), columnOf(rows, "MOPS_24hr", file)];
  const found = new Map<string, number>();
  for (const cells of rows.values()) {
    const [id, value] = [String(cells.get(gene) ?? "").trim(), cells.get(density)];
    if (id !== "" && typeof value === "number") found.set(id, value);
  }
  return found;
}

function columnOf(rows: SheetRows, title: string, file: string): number {
  for (const cells of rows.values()) for (const [column, value] of cells) if (value === title) return column;
  throw new CellweaveError("evaluate/keio", `no column '${title}' in the first sheet`, {
    place: { file },
    hint: "expected supplementary table 3 of Baba et al. 2006",
  });
}
