import type { ReportArm } from "../input.ts";
import { csvField, runsOf } from "./csv.ts";
import { type TableCell, tableParquet } from "./table-parquet.ts";

/** A table of the ledger, a row for what one module moved into one state in one step. */
interface LedgerTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

/**
 * The ledger step by step: `arm` as in `trajectory.csv`, the step's ends `from_h` and `to_h` (equal where a state was
 * changed at once), `variable`, `module` (`experimenter` for what the scenario sets), `moved` in `unit`, and how much of
 * each element and of charge that is (unit times atoms) where a formula is known. Undefined where no run kept its pages.
 */
function ledgerTable(arms: readonly ReportArm[]): LedgerTable | undefined {
  const runs = runsOf(arms).filter(({ trajectory }) => trajectory.pages !== undefined);
  if (runs.length === 0) return undefined;
  const elements = new Set<string>();
  for (const { trajectory } of runs)
    for (const content of trajectory.contents?.values() ?? [])
      for (const element of content.keys()) elements.add(element);
  const columns = [...elements].sort((a, b) => Number(a === "charge") - Number(b === "charge") || (a < b ? -1 : 1));
  const rows = runs.flatMap(({ name, trajectory: { pages = [], variables, contents } }) => {
    const units = new Map(variables.map(({ id, unit }) => [id, unit]));
    return pages.flatMap(({ t0, t1, entries }) =>
      entries.map(({ variable, module, moved }): TableCell[] => {
        const content = contents?.get(variable);
        const held = columns.map((element) =>
          content === undefined ? Number.NaN : moved * (content.get(element) ?? 0),
        );
        return [name, t0, t1, variable, module, moved, units.get(variable) ?? "", ...held];
      }),
    );
  });
  return { header: ["arm", "from_h", "to_h", "variable", "module", "moved", "unit", ...columns], rows };
}

/** `ledger.csv` and `ledger.parquet` by name; none where no run kept its pages. */
export function ledgerFiles(arms: readonly ReportArm[]): [name: string, content: string | Uint8Array][] {
  const found = ledgerTable(arms);
  if (found === undefined) return [];
  const { header, rows } = found;
  const lines = [header.map(csvField), ...rows.map((row) => row.map(field))].map((row) => row.join(","));
  return [
    ["ledger.csv", `${lines.join("\n")}\n`],
    ["ledger.parquet", tableParquet(header, rows)],
  ];
}

function field(cell: TableCell): string {
  if (typeof cell !== "number") return csvField(String(cell));
  return Number.isNaN(cell) ? "" : String(cell);
}
