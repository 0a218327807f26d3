import { type DataFit, dataFits } from "../findings/data-fit.ts";
import { nameOf, variableOf } from "../findings/sample.ts";
import type { ReportInput } from "../input.ts";
import { numberWithin, unitOf } from "../svg/format.ts";
import { type Child, html } from "../svg/markup.ts";
import { table } from "./tables.ts";

/** Every arm against the measured points: a row a variable, the root mean square error and the correlation of each arm. */
export function dataFitBody(input: ReportInput): Child[] {
  const arms = input.arms.map(({ name, trajectory }) => ({ name, fits: dataFits(trajectory, input.measurements) }));
  const variables = [...new Set(arms.flatMap(({ fits }) => fits.map(({ variable }) => variable)))];
  if (variables.length === 0) return [];
  const columns = [
    { text: "Variable" },
    { text: "Points", numeric: true },
    ...arms.map(({ name }) => ({ text: `${name}: error`, numeric: true })),
    { text: "Unit", class: "unit" },
    ...arms.map(({ name }) => ({ text: `${name}: r`, numeric: true })),
  ];
  const rows = variables.map((variable) => {
    const found = arms.map(({ fits }) => fits.find((fit) => fit.variable === variable));
    return rowOf(input, variable, found);
  });
  return [
    html(
      "p",
      { class: "facts" },
      "Against the measured points inside the run, values linear between the times kept: root mean square error, and Pearson's correlation from three points on.",
    ),
    table(columns, rows),
  ];
}

function rowOf(input: ReportInput, variable: string, found: readonly (DataFit | undefined)[]): Child[] {
  const known = found.filter((fit) => fit !== undefined);
  const scale = Math.max(...known.map(({ rmse }) => rmse));
  const declared = variableOf(input, variable);
  return [
    [`${nameOf(input, variable)} `, html("code", { class: "facts" }, variable)],
    String(Math.max(...known.map(({ points }) => points))),
    ...found.map((fit) => (fit === undefined ? "–" : numberWithin(fit.rmse, scale))),
    declared === undefined ? "" : unitOf(declared),
    ...found.map((fit) =>
      fit === undefined || Number.isNaN(fit.correlation) ? "–" : numberWithin(fit.correlation, 1),
    ),
  ];
}
