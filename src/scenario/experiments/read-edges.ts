import { CellweaveError } from "../../errors.ts";
import type { SignedEdge } from "../../regulation/in-context/signed-edges.ts";
import { columnIndex, readTable } from "../table.ts";

const SIGNS: ReadonlyMap<string, SignedEdge["sign"]> = new Map([
  ["+", 1],
  ["1", 1],
  ["+1", 1],
  ["activates", 1],
  ["activation", 1],
  ["-", -1],
  ["-1", -1],
  ["represses", -1],
  ["repression", -1],
  ["inhibition", -1],
  ["inhibits", -1],
  ["?", 0],
  ["", 0],
  ["0", 0],
  ["+-", 0],
  ["unknown", 0],
]);

/**
 * Reads a regulatory graph from a table with columns `source`, `target` and, where known, `sign` (+, -, ?).
 * @throws CellweaveError `edges/sign` or `csv/...` with the line
 */
export function parseEdges(text: string, file: string): SignedEdge[] {
  const table = readTable(text, file);
  const [source, target] = [columnIndex(table, "source"), columnIndex(table, "target")];
  const sign = table.header.indexOf("sign");
  return table.rows.map(({ cells, line }) => {
    const word = sign < 0 ? "?" : (cells[sign] ?? "").trim();
    const value = SIGNS.get(word.toLowerCase());
    if (value === undefined)
      throw new CellweaveError("edges/sign", `column 'sign': expected +, - or ?, got '${word}'`, {
        place: { file, line },
      });
    return { source: (cells[source] ?? "").trim(), target: (cells[target] ?? "").trim(), sign: value };
  });
}
