import type { AnalysisResult } from "../../scenario/analyses/analysis.ts";
import type { ReportInput } from "../input.ts";
import { csvField } from "./csv.ts";
import { type TableCell, tableParquet } from "./table-parquet.ts";

const HEADER = ["analysis", "asks", "arm", "time_h", "subject", "status", "value", "minimum", "maximum", "objective"];

/** What the column `arm` says, as in the trajectory's table. */
export function runName({ arm, run }: Pick<AnalysisResult, "arm" | "run">): string {
  return run === "perturbed" ? arm : `${arm}:wild-type`;
}

function rowsOf(analyses: readonly AnalysisResult[]): TableCell[][] {
  return analyses.flatMap((found) => {
    const head = [found.analysis, found.asks, runName(found), found.time];
    if (found.rows.length === 0)
      return [[...head, "", found.status, Number.NaN, Number.NaN, Number.NaN, found.objective]];
    return found.rows.map(({ subject, status, value, minimum, maximum }) => [
      ...head,
      ...[subject, status, value, minimum, maximum, found.objective],
    ]);
  });
}

function csv(rows: readonly (readonly TableCell[])[]): string {
  const field = (cell: TableCell) => (Number.isNaN(cell) ? "" : csvField(String(cell)));
  return `${[HEADER, ...rows].map((row) => row.map(field).join(",")).join("\n")}\n`;
}

/** JSON has no infinity: a flux without a limit is written as text, none as null. */
function plain(_key: string, value: unknown): unknown {
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? String(value) : value;
}

/**
 * The tables of what a scenario asked of its flux balance: `analyses.csv`, `.parquet` and `.json`; none where it asked
 * nothing. A value is a flux (mmol gDW^-1 h^-1) or, for `knockout`, growth (1/h).
 */
export function analysisFiles({ analyses = [] }: ReportInput): [string, string | Uint8Array][] {
  if (analyses.length === 0) return [];
  const rows = rowsOf(analyses);
  return [
    ["analyses.csv", csv(rows)],
    ["analyses.parquet", tableParquet(HEADER, rows)],
    ["analyses.json", `${JSON.stringify(analyses, plain, 2)}\n`],
  ];
}
