import type { ReportInput } from "../input.ts";
import type { Figure } from "../svg/figure.ts";
import { hours, number } from "../svg/format.ts";
import { type Child, html } from "../svg/markup.ts";
import { runName } from "../tables/analyses-table.ts";
import { figureBlock } from "./figure-block.ts";
import { table } from "./tables.ts";

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
