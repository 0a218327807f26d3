import { figures } from "./figures.ts";
import { renderReport } from "./html/report-page.ts";
import type { ReportInput } from "./input.ts";
import { runManifest } from "./manifest.ts";
import { summarise } from "./summary.ts";
import { analysisFiles } from "./tables/analyses-table.ts";
import { trajectoryCsv } from "./tables/csv.ts";
import { ledgerFiles } from "./tables/ledger-table.ts";
import { trajectoryParquet } from "./tables/parquet.ts";

/** Contents of a run folder by path inside it, with forward slashes. */
export type RunFiles = ReadonlyMap<string, string | Uint8Array>;

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Everything that a run leaves: manifest, trajectory, summary, the ledger where it was kept, report, plots. */
export function runFiles(input: ReportInput): RunFiles {
  const drawn = figures(input);
  return new Map<string, string | Uint8Array>([
    ["manifest.json", json(runManifest(input))],
    ["summary.json", json(summarise(input))],
    ["trajectory.csv", trajectoryCsv(input.arms)],
    ["trajectory.parquet", trajectoryParquet(input.arms)],
    ...ledgerFiles(input.arms),
    ...analysisFiles(input),
    ["report.html", renderReport(input, drawn)],
    ...drawn.map((figure): [string, string] => [`plots/${figure.name}.svg`, `${figure.svg}\n`]),
  ]);
}
