import type { LedgerEntry, Trajectory } from "../../engine/trajectory.ts";
import { carbonBalance, carbonOf } from "../findings/carbon.ts";
import { mainArm, nameOf, variableOf } from "../findings/sample.ts";
import type { ReportInput } from "../input.ts";
import { number, unitOf } from "../svg/format.ts";
import { type Child, html } from "../svg/markup.ts";
import { table } from "./tables.ts";

const COLUMNS = [
  { text: "Variable" },
  { text: "Moved by" },
  { text: "Amount", numeric: true },
  { text: "Unit", class: "unit" },
  { text: "Carbon (mmol C L⁻¹)", numeric: true },
];

function signed(x: number): string {
  return x > 0 ? `+${number(x)}` : number(x);
}

function rowsOf(input: ReportInput, id: string, entries: readonly LedgerEntry[]): Child[][] {
  const variable = variableOf(input, id);
  const carbon = carbonOf(id);
  return [...entries]
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved))
    .map(({ module, moved }, i) => [
      i === 0 ? nameOf(input, id) : "",
      module,
      signed(moved),
      variable ? unitOf(variable) : "",
      carbon === undefined ? "" : signed(carbon * moved),
    ]);
}

/** Entries by variable; first those of the medium and biomass, and what more than one module moved. */
function sorted({ ledger, variables }: Trajectory) {
  const known = new Map(variables.map((variable) => [variable.id, variable]));
  const entries = new Map<string, LedgerEntry[]>();
  for (const entry of ledger) {
    if (Math.abs(entry.moved) <= 1e-9 * (known.get(entry.variable)?.nominal ?? 1)) continue;
    entries.set(entry.variable, [...(entries.get(entry.variable) ?? []), entry]);
  }
  const shared: [string, LedgerEntry[]][] = [];
  const own: [string, LedgerEntry[]][] = [];
  for (const group of entries) {
    const kind = known.get(group[0])?.kind;
    (kind === "pool" || kind === "biomass" || group[1].length > 1 ? shared : own).push(group);
  }
  return { shared, own };
}

function carbonWords(input: ReportInput, trajectory: Trajectory): string | undefined {
  const balance = carbonBalance(trajectory);
  if (!balance) return undefined;
  const { takenUp, products } = balance;
  const share = (carbon: number) => `${((100 * carbon) / takenUp).toFixed(1)} %`;
  const rest = takenUp - products.reduce((sum, product) => sum + product.carbon, 0);
  const listed = products.map(({ variable, carbon }) => `${share(carbon)} was given off as ${nameOf(input, variable)}`);
  return `Of ${number(takenUp)} mmol carbon taken up per litre, ${[...listed, `${share(rest)} went into biomass, carbon dioxide and what the medium doesn't keep`].join(", ")}.`;
}

/** What moved what in the main arm: the medium first, states that only their owner moves folded away. */
export function ledgerBody(input: ReportInput): Child[] {
  const arm = mainArm(input);
  if (!arm) return [];
  const { shared, own } = sorted(arm.trajectory);
  if (shared.length + own.length === 0) return [];
  const rows = (groups: readonly [string, LedgerEntry[]][]) =>
    groups.flatMap(([id, entries]) => rowsOf(input, id, entries));
  const words = carbonWords(input, arm.trajectory);
  return [
    html(
      "p",
      { class: "facts" },
      `What each module moved into and out of a variable over the whole run, ${arm.name} arm.`,
    ),
    words === undefined ? undefined : html("p", {}, words),
    shared.length > 0 ? table(COLUMNS, rows(shared)) : undefined,
    own.length > 0
      ? html(
          "details",
          {},
          html("summary", {}, `${own.length} states that their own module alone moved`),
          table(
            COLUMNS.slice(0, 4),
            rows(own).map((row) => row.slice(0, 4)),
          ),
        )
      : undefined,
  ];
}
