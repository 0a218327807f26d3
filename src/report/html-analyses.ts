import { runName } from "./analyses-table.ts";
import type { Figure } from "./figure.ts";
import { hours, number } from "./format.ts";
import { figureBlock } from "./html-figure.ts";
import { table } from "./html-tables.ts";
import type { ReportInput } from "./input.ts";
import { type Child, html } from "./markup.ts";

/** What the scenario asked of its flux balance: the figures, then every question with how it ended. */
export function analysesBody({ analyses = [] }: ReportInput, drawn: readonly Figure[]): Child[] {
  if (analyses.length === 0) return [];
  const columns = [
    { text: "Analysis" },
    { text: "Asks" },
    { text: "Arm" },
    { text: "Time" },
    { text: "Status" },
    { text: "Growth, 1/h", numeric: true },
  ];
  return [
    ...drawn.map(figureBlock),
    html("p", {}, "All answers: analyses.csv, analyses.parquet and analyses.json beside this page."),
    table(
      columns,
      analyses.map((found) => [
        found.analysis,
        found.asks,
        runName(found),
        hours(found.time),
        found.message === undefined ? found.status : `${found.status}: ${found.message}`,
        Number.isNaN(found.objective) ? "-" : number(found.objective),
      ]),
    ),
  ];
}
