import type { Trajectory } from "../engine/trajectory.ts";
import { ARMS } from "../scenario/arm.ts";
import type { ArmDifference } from "./differences.ts";
import { type Findings, findingsOf } from "./findings.ts";
import { hours, number, numberWithin, unitOf } from "./format.ts";
import type { ReportInput } from "./input.ts";
import { type Child, html, type Markup } from "./markup.ts";
import { mainArm, nameOf, variableOf } from "./sample.ts";

type Column = { readonly text: string; readonly numeric?: boolean };

/** A table in a box that scrolls sideways where the page is narrow. */
export function table(columns: readonly Column[], rows: readonly (readonly Child[])[]): Markup {
  const look = (column: Column | undefined) => (column?.numeric ? "n" : undefined);
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

const READINGS: readonly { readonly text: string; readonly read: (found: Findings) => string | undefined }[] = [
  { text: "Fastest growth rate (h⁻¹)", read: (f) => optional(f.growthRate, (x) => x.toFixed(3)) },
  { text: "Doubling time then (min)", read: (f) => optional(f.growthRate, doubling) },
  { text: "Final biomass (gDW L⁻¹)", read: (f) => optional(f.finalBiomass, number) },
  { text: "Biomass yield on glucose (gDW mmol⁻¹)", read: (f) => optional(f.biomassYield, (x) => x.toFixed(4)) },
  { text: "Glucose used up at", read: (f) => optional(f.glucoseExhausted, hours) },
  { text: "Highest acetate (mmol L⁻¹)", read: (f) => optional(f.maxAcetate, number) },
  { text: "Highest acetate at", read: (f) => optional(f.maxAcetateTime, hours) },
  { text: "Acetate per glucose until then (mol mol⁻¹)", read: (f) => optional(f.acetateYield, (x) => x.toFixed(2)) },
];

function optional(x: number | undefined, write: (x: number) => string): string | undefined {
  return x === undefined || !Number.isFinite(x) ? undefined : write(x).replace("-", "−");
}

function doubling(rate: number): string {
  return rate > 1e-3 ? ((60 * Math.LN2) / rate).toFixed(0) : "–";
}

/** Findings, a column an arm, the wild type of the main arm first. */
export function findingsTable(input: ReportInput): Markup | undefined {
  const wild = mainArm(input)?.reference;
  const runs = [
    ...(wild ? [{ text: "wild type", found: findingsOf(wild) }] : []),
    ...input.arms.map(({ name, trajectory }) => ({ text: name, found: findingsOf(trajectory) })),
  ];
  const rows = READINGS.filter(({ read }) => runs.some(({ found }) => read(found) !== undefined)).map(
    ({ text, read }) => [text, ...runs.map(({ found }) => read(found) ?? "–")],
  );
  if (rows.length === 0) return undefined;
  return table([{ text: "" }, ...runs.map(({ text }) => ({ text, numeric: true }))], rows);
}

/** What differs most between arms, with the reason. */
export function differencesTable(input: ReportInput, differences: readonly ArmDifference[], most = 20): Markup {
  const arms = ARMS.filter((arm) => input.arms.some(({ name }) => name === arm));
  const columns: Column[] = [
    { text: "Variable" },
    ...arms.map((text) => ({ text, numeric: true })),
    { text: "Unit" },
    { text: "At", numeric: true },
    { text: "Mean difference", numeric: true },
    { text: "Why" },
  ];
  const rows = differences
    .slice(0, most)
    .map((d) => [
      d.label === d.variable
        ? html("code", {}, d.variable)
        : [`${d.label} `, html("code", { class: "facts" }, d.variable)],
      ...arms.map((arm) => numberWithin(d.values.get(arm) ?? Number.NaN, d.scale)),
      unitOf(d),
      hours(d.at),
      `${(100 * d.mean).toFixed(1)} %`,
      d.why,
    ]);
  return table(columns, rows);
}

/** What modules moved into and out of each state over the run, largest first within a variable. */
export function ledgerTable(input: ReportInput, trajectory: Trajectory): Markup | undefined {
  const entries = trajectory.ledger.filter(({ moved }) => Math.abs(moved) > 1e-12);
  if (entries.length === 0) return undefined;
  const order = [...new Set(entries.map(({ variable }) => variable))];
  const rows = order.flatMap((id) =>
    entries
      .filter(({ variable }) => variable === id)
      .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved))
      .map(({ module, moved }, i) => {
        const variable = variableOf(input, id);
        return [i === 0 ? nameOf(input, id) : "", module, signed(moved), variable ? unitOf(variable) : ""];
      }),
  );
  return table([{ text: "Variable" }, { text: "Moved by" }, { text: "Amount", numeric: true }, { text: "Unit" }], rows);
}

function signed(x: number): string {
  return x > 0 ? `+${number(x)}` : number(x);
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
