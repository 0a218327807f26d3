import { CellweaveError } from "../../errors.ts";
import type { SignedEdge } from "../../regulation/in-context/signed-edges.ts";
import { columnIndex, readForeignTable, type Table } from "../tables/table.ts";

const ACTIVATES = [
  "+",
  "activates",
  "activation",
  "activator",
  "positive",
  "stimulates",
  "stimulation",
  "induces",
  "->",
];
const REPRESSES = [
  "-",
  "represses",
  "repression",
  "repressor",
  "negative",
  "inhibition",
  "inhibits",
  "inhibitor",
  "-|",
];
const OPEN = ["?", "", "+-", "unknown", "dual", "ambiguous"];

const SIGNS: ReadonlyMap<string, SignedEdge["sign"]> = new Map([
  ...ACTIVATES.map((word) => [word, 1] as const),
  ...REPRESSES.map((word) => [word, -1] as const),
  ...OPEN.map((word) => [word, 0] as const),
]);

/**
 * Reads a regulatory graph from a table with columns `source`, `target` and, where known, `sign`: a symbol, a word, or a
 * number whose sign counts.
 * @throws CellweaveError `edges/sign`, `edges/name` or `csv/...` with the line
 */
export function parseEdges(text: string, file: string): SignedEdge[] {
  const read = readForeignTable(text, file);
  const table: Table = { ...read, header: read.header.map((name) => name.toLowerCase()) };
  const [source, target] = [columnIndex(table, "source"), columnIndex(table, "target")];
  const sign = table.header.indexOf("sign");
  return table.rows.map(({ cells, line }) => {
    const cell = (at: number): string => (cells[at] ?? "").trim();
    const refuse = (code: string, message: string) => new CellweaveError(code, message, { place: { file, line } });
    const word = sign < 0 ? "?" : cell(sign);
    const value =
      SIGNS.get(word.toLowerCase()) ?? (Number.isFinite(Number(word)) ? Math.sign(Number(word)) : undefined);
    if (value === undefined) throw refuse("edges/sign", `column 'sign': expected +, - or ?, got '${word}'`);
    if (cell(source) === "" || cell(target) === "") throw refuse("edges/name", "an edge has a source and a target");
    return { source: cell(source), target: cell(target), sign: value as SignedEdge["sign"] };
  });
}
