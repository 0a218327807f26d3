import { ARMS } from "../../scenario/arms/arm.ts";
import type { ArmDifference } from "../findings/differences.ts";
import type { Disagreement } from "../findings/disagreements.ts";
import { type Findings, findingsOf } from "../findings/findings.ts";
import { mainArm, nameOf } from "../findings/sample.ts";
import type { ReportInput } from "../input.ts";
import { hours, numberWithin, unitOf } from "../svg/format.ts";
import { type Child, html, type Markup } from "../svg/markup.ts";

interface Column {
  readonly text: string;
  readonly numeric?: boolean;
  readonly class?: string;
}

/** A table in a box that scrolls sideways where the page is narrow. */
export function table(columns: readonly Column[], rows: readonly (readonly Child[])[]): Markup {
  const look = (column: Column | undefined) => (column?.numeric ? "n" : column?.class);
  return html(
    "div",
    { class: "scroll" },
    html(
      "table",
      {},
      html(
        "thead",
        {},
        html(
          "tr",
          {},
          columns.map((column) => html("th", { scope: "col", class: look(column) }, column.text)),
        ),
      ),
      html(
        "tbody",
        {},
        rows.map((cells) =>
          html(
            "tr",
            {},
            cells.map((cell, i) => html("td", { class: look(columns[i]) }, cell)),
          ),
        ),
      ),
    ),
  );
}

interface Reading {
  readonly text: string;
  readonly read: (found: Findings) => number | undefined;
  readonly write?: (x: number) => string;
}

const READINGS: readonly Reading[] = [
  { text: "Fastest growth rate (h⁻¹)", read: (f) => f.growthRate },
  {
    text: "Doubling time then (min)",
    read: (f) => (f.growthRate !== undefined && f.growthRate > 1e-3 ? (60 * Math.LN2) / f.growthRate : undefined),
  },
  { text: "Final biomass (gDW L⁻¹)", read: (f) => f.finalBiomass },
  { text: "Biomass yield on glucose (gDW mmol⁻¹)", read: (f) => f.biomassYield },
  { text: "Glucose used up at", read: (f) => f.glucoseExhausted, write: hours },
  { text: "Highest acetate (mmol L⁻¹)", read: (f) => f.maxAcetate },
  { text: "Highest acetate at", read: (f) => f.maxAcetateTime, write: hours },
  { text: "Acetate per glucose until then (mol mol⁻¹)", read: (f) => f.acetateYield },
];

/** One row of findings, all with the same decimals; undefined where no run has it. */
function readingRow({ text, read, write }: Reading, found: readonly Findings[]): string[] | undefined {
  const values = found.map(read);
  const known = values.filter((x) => x !== undefined).filter(Number.isFinite);
  if (known.length === 0) return undefined;
  const scale = Math.max(...known.map(Math.abs));
  return [text, ...values.map((x) => (x === undefined ? "–" : write ? write(x) : numberWithin(x, scale)))];
}

/** Findings, a column an arm, the wild type of the main arm first. */
export function findingsTable(input: ReportInput): Markup | undefined {
  const wild = mainArm(input)?.reference;
  const runs = [
    ...(wild ? [{ text: "wild type", found: findingsOf(wild) }] : []),
    ...input.arms.map(({ name, trajectory }) => ({ text: name, found: findingsOf(trajectory) })),
  ];
  const found = runs.map((run) => run.found);
  const rows = READINGS.map((reading) => readingRow(reading, found)).filter((row) => row !== undefined);
  if (rows.length === 0) return undefined;
  return table([{ text: "" }, ...runs.map(({ text }) => ({ text, numeric: true }))], rows);
}

/** What differs most between arms, with the reason. */
export function differencesTable(input: ReportInput, differences: readonly ArmDifference[]): Markup {
  const arms = ARMS.filter((arm) => input.arms.some(({ name }) => name === arm));
  const columns: Column[] = [
    { text: "Variable" },
    ...arms.map((text) => ({ text, numeric: true })),
    { text: "Unit", class: "unit" },
    { text: "At", numeric: true },
    { text: "Mean difference", numeric: true },
    { text: "Why", class: "why" },
  ];
  const rows = differences.map((d) => [
    d.label === d.variable
      ? html("code", {}, d.variable)
      : [`${d.label} `, html("code", { class: "facts" }, d.variable)],
    ...arms.map((arm) => (d.values.has(arm) ? numberWithin(d.values.get(arm) ?? Number.NaN, d.scale) : "–")),
    unitOf(d),
    hours(d.at),
    `${(100 * d.mean).toFixed(1)} %`,
    d.why,
  ]);
  return table(columns, rows);
}

/** Where the owner of a variable and a module that predicted it beside disagree. */
export function disagreementsTable(input: ReportInput, found: readonly Disagreement[]): Markup {
  const columns: Column[] = [
    { text: "Variable" },
    { text: "Value", numeric: true },
    { text: "Predicted", numeric: true },
    { text: "Unit", class: "unit" },
    { text: "At", numeric: true },
    { text: "Mean difference", numeric: true },
    { text: "Owner" },
    { text: "Predicted by" },
  ];
  const rows = found.map(({ variable, predictor, at, value, predicted, mean }) => {
    const scale = Math.max(Math.abs(value), Math.abs(predicted));
    return [
      [`${nameOf(input, variable.id)} `, html("code", { class: "facts" }, variable.id)],
      numberWithin(value, scale),
      numberWithin(predicted, scale),
      unitOf(variable),
      hours(at),
      `${(100 * mean).toFixed(1)} %`,
      variable.owner,
      predictor,
    ];
  });
  return table(columns, rows);
}

/** Status and work of every run. */
export function runsTable(input: ReportInput): Markup {
  const runs = input.arms.flatMap(({ name, trajectory, reference }) => [
    { text: name as string, trajectory },
    ...(reference ? [{ text: `${name}, wild type`, trajectory: reference }] : []),
  ]);
  const rows = runs.map(({ text, trajectory: { status, statistics } }) => [
    text,
    html("span", { class: `pill ${status.code}` }, status.code),
    hours(status.t),
    String(statistics.steps),
    String(statistics.rejected),
    String(statistics.evaluations),
    `${(statistics.totalMs / 1000).toFixed(2)} s`,
    [...statistics.moduleMs].map(([module, ms]) => `${module} ${(ms / 1000).toFixed(2)} s`).join(", "),
  ]);
  const numeric = ["Reached", "Steps", "Rejected", "Evaluations", "Wall time"].map((text) => ({ text, numeric: true }));
  return table([{ text: "Run" }, { text: "Status" }, ...numeric, { text: "Of which" }], rows);
}
