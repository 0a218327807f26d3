import { standing } from "../findings/panel-data.ts";
import { steppingBody } from "../findings/stepping.ts";
import { isInstant } from "../findings/windows.ts";
import type { ReportArm, ReportInput } from "../input.ts";
import type { Figure } from "../svg/figure.ts";
import { hours } from "../svg/format.ts";
import { type Child, html, type Markup, raw } from "../svg/markup.ts";
import { analysesBody } from "./analyses.ts";
import { armsBody } from "./arms.ts";
import { dataFitBody } from "./data-fit.ts";
import { figureBlock } from "./figure-block.ts";
import { ledgerBody } from "./ledger.ts";
import { findingsTable, runsTable, table } from "./tables.ts";

/** A part of the page with an entry in its list of contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: readonly Child[];
}

function observablesBody(input: ReportInput, drawn: readonly Figure[]): Child[] {
  if (drawn.length === 0) return [];
  return [
    html(
      "p",
      { class: "facts" },
      "A line an arm; thin and grey: the same cell unperturbed; points: measured, with one standard deviation; shaded: while a perturbation is in force; vertical line: a sudden change.",
    ),
    html(
      "div",
      { class: "pairs" },
      drawn.map(({ svg }) => html("figure", {}, raw(svg))),
    ),
    ...dataFitBody(input),
  ];
}

function perturbationWords(input: ReportInput): string {
  const always = new Set(standing(input));
  return input.perturbations
    .map((mark) => {
      if (always.has(mark.label)) return `${mark.label}, throughout`;
      if (isInstant(mark)) return `${mark.label}, at ${hours(mark.from)}`;
      return `${mark.label}, ${hours(mark.from)} to ${Number.isFinite(mark.to) ? hours(mark.to) : "the end"}`;
    })
    .join("; ");
}

function failures(arms: readonly ReportArm[]): Markup[] {
  return arms.flatMap(({ name, trajectory: { status } }) =>
    status.code === "done"
      ? []
      : html(
          "p",
          { class: "notice", role: "status" },
          html("strong", {}, `The ${name} arm ${status.code} at ${hours(status.t)}. `),
          status.message ?? "",
          " What was reached until then is shown.",
        ),
  );
}

/** Title, question, perturbations, and what went wrong where anything did. */
export function head(input: ReportInput): Child[] {
  const words = perturbationWords(input);
  const { provenance } = input;
  return [
    html("h1", {}, input.title),
    input.description === "" ? undefined : html("p", { class: "lead" }, input.description),
    html(
      "p",
      { class: "facts" },
      `cell ${input.cell}`,
      words === "" ? "" : ` · ${words}`,
      ` · cellweave ${provenance.version}, ${provenance.created.replace("T", " ").replace(/\.\d+Z$|Z$/, " UTC")}`,
    ),
    failures(input.arms),
  ];
}

function warningList(input: ReportInput): Child[] {
  const all = input.arms.flatMap(({ name, trajectory }) =>
    trajectory.warnings.map((warning) => ({ name, ...warning })),
  );
  if (all.length === 0) return [html("p", {}, "No warnings.")];
  const rows = all.map(({ name, t, until, module, message }) => [
    name,
    hours(t),
    until === undefined ? "the end" : hours(until),
    module,
    message,
  ]);
  const numeric = ["From", "To"].map((text) => ({ text, numeric: true }));
  const columns = [{ text: "Arm" }, ...numeric, { text: "Module" }, { text: "Warning" }];
  const first = table(columns, rows.slice(0, 10));
  if (rows.length <= 10) return [first];
  return [first, html("details", {}, html("summary", {}, `${rows.length - 10} more`), table(columns, rows.slice(10)))];
}

const CLASS_WORDS = {
  A: "bitwise repeatable on any machine with the same build of Node (version and kind of processor)",
  B: "bitwise repeatable on the same machine and build",
  C: "repeatable within tolerance",
} as const;

function provenanceBody({ provenance: p }: ReportInput): Child[] {
  const facts: [string, string][] = [
    ["Class", `${p.class}: ${CLASS_WORDS[p.class]}`],
    ["Seed", String(p.seed)],
    ["Tolerances", `rtol ${p.rtol}, atol ${p.atol}`],
    ["Versions", [`cellweave ${p.version}`, ...p.versions.map(({ name, version }) => `${name} ${version}`)].join(", ")],
    ["Made", p.created],
  ];
  return [
    html("p", {}, "To run it again:"),
    html("pre", {}, html("code", {}, p.command)),
    table([{ text: "" }, { text: "" }], facts),
    table(
      [{ text: "Input" }, { text: "Role" }, { text: "SHA-256" }],
      p.inputs.map(({ path, role, sha256 }) => [html("code", {}, path), role, html("code", {}, sha256)]),
    ),
  ];
}

function graphBody(drawn: readonly Figure[]): Child[] {
  const [first, ...others] = drawn;
  if (!first) return [];
  return [
    figureBlock(first),
    others.map((figure) => html("details", {}, html("summary", {}, figure.title), figureBlock(figure))),
  ];
}

/** The sections of a report that have something in them. */
export function sections(input: ReportInput, drawn: readonly Figure[]): Section[] {
  const named = (name: string) => drawn.find((figure) => figure.name === name);
  const starting = (prefix: string) => drawn.filter((figure) => figure.name.startsWith(prefix));
  const one = (figure: Figure | undefined) => (figure ? [figureBlock(figure)] : []);
  const findings = findingsTable(input);
  const all: Section[] = [
    {
      id: "findings",
      title: "Key findings",
      body: [...(findings ? [findings] : []), ...input.explanations.map((text) => html("p", {}, text))],
    },
    { id: "overview", title: "Overview", body: one(named("overview")) },
    { id: "phases", title: "Phases of the culture", body: one(named("phases")) },
    {
      id: "observables",
      title: "Observables",
      body: observablesBody(input, starting("time-course-")),
    },
    { id: "arms", title: "What differs most between the arms", body: armsBody(input, named("arm-differences")) },
    { id: "fluxes", title: "Fluxes", body: one(named("fluxes")) },
    { id: "analyses", title: "Asked of the flux balance", body: analysesBody(input, starting("analysis-")) },
    { id: "graph", title: "Regulation", body: graphBody(starting("graph-")) },
    { id: "status", title: "Status and warnings", body: [runsTable(input), steppingBody(input), warningList(input)] },
    { id: "ledger", title: "Ledger", body: ledgerBody(input) },
    { id: "provenance", title: "Provenance", body: provenanceBody(input) },
  ];
  return all.filter((section) => section.body.length > 0);
}
