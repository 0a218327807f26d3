import { CellweaveError } from "../../errors.ts";
import {
  type Condition,
  type Experiments,
  type Intervention,
  keyOf,
  meanOfReplicates,
} from "../../regulation/in-context/experiments.ts";
import { readForeignTable, type Table } from "../tables/table.ts";
import { INTERVENTION_COLUMNS, parseInterventions } from "./parse-interventions.ts";
import { PROJECT, variablesOf } from "./table-header.ts";

/**
 * Reads a table of experiments: first column a name, then any of the intervention columns (`geneA+geneB`, or with an
 * amount `geneA:0.5`; empty for a control), `project` (experiments that share a control), and one column a variable.
 * Replicates (equal interventions in one project) are averaged; empty cells and NA are missing, empty rows are no
 * experiments. Cells are separated by commas, semicolons or tabs.
 * @throws CellweaveError `experiments/...` with the line, what was found and what was expected
 */
export function parseExperiments(text: string, file: string): Experiments {
  const read = readForeignTable(text, file);
  const table = { ...read, rows: read.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")) };
  const variables = variablesOf(table);
  if (table.rows.length < 3)
    throw problem("too-few", table, -1, `${table.rows.length} experiments; at least 3 are needed`);
  const conditions = table.rows.map((_, row) => conditionOf(table, row, variables));
  refuseContradictions(table, conditions);
  for (const [v, name] of variables.entries())
    if (conditions.every(({ values }) => Number.isNaN(values[v] ?? Number.NaN)))
      throw problem("no-values", table, -1, `column '${name}' has no number`, "leave the column out");
  return { variables, conditions: meanOfReplicates(conditions) };
}

function conditionOf(table: Table, row: number, variables: readonly string[]): Condition {
  const cell = (name: string): string => table.rows[row]?.cells[table.header.indexOf(name)]?.trim() ?? "";
  const place = { file: table.file, line: table.rows[row]?.line ?? 1 };
  const interventions = INTERVENTION_COLUMNS.flatMap((kind) =>
    table.header.includes(kind) ? parseInterventions(kind, cell(kind), { place, names: variables }) : [],
  );
  for (const intervention of interventions) refuseMistyped(table, row, intervention, variables);
  const values = Float64Array.from(variables, (name) => numberIn(cell(name), name, table, row));
  if (values.every(Number.isNaN))
    throw problem("no-values", table, row, `experiment '${nameOf(table, row)}' has no number`, "leave the row out");
  return { project: cell(PROJECT), interventions, values, replicates: 1 };
}

function refuseMistyped(table: Table, row: number, { target, kind }: Intervention, variables: readonly string[]): void {
  if (variables.includes(target)) return;
  const near = variables.find((name) => name.toLowerCase() === target.toLowerCase());
  if (near !== undefined) throw problem("target", table, row, `${kind} '${target}'`, `did you mean '${near}'?`);
  if (/^[01]$/.test(target))
    throw problem(
      "target",
      table,
      row,
      `${kind} '${target}': expected the name of what was acted on`,
      "write the gene's name, and leave the cell empty in controls",
    );
}

/** One name under different interventions is a slip; of replicates it is usual. */
function refuseContradictions(table: Table, conditions: readonly Condition[]): void {
  const first = new Map<string, number>();
  for (const [row, { interventions, project }] of conditions.entries()) {
    const name = nameOf(table, row);
    const before = first.get(name);
    const other = before === undefined ? undefined : conditions[before];
    if (before === undefined) first.set(name, row);
    else if (name !== "" && (keyOf(other?.interventions ?? []) !== keyOf(interventions) || other?.project !== project))
      throw problem(
        "name",
        table,
        row,
        `experiment '${name}' is there with other interventions in line ${table.rows[before]?.line}`,
        "only replicates share a name",
      );
  }
}

function nameOf({ rows }: Table, row: number): string {
  return rows[row]?.cells[0]?.trim() ?? "";
}

function numberIn(text: string, column: string, table: Table, row: number): number {
  if (text === "" || /^(na|nan|n\/a|null|missing)$/i.test(text)) return Number.NaN;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  const at = table.header.indexOf(column);
  const isWords = table.rows.every(({ cells }) => !/\d/.test(cells[at] ?? "") || Number.isNaN(Number(cells[at])));
  const hint = /^-?\d+,\d+$/.test(text)
    ? "write a point for the decimal, not a comma"
    : isWords
      ? "leave out columns that only describe experiments; 'project' names those that share a control"
      : "leave the cell empty if nothing was measured";
  throw problem("number", table, row, `column '${column}': expected a number, got '${text}'`, hint);
}

/** @param row -1 for the header */
function problem(code: string, { file, rows }: Table, row: number, message: string, hint?: string): CellweaveError {
  const place = { file, line: rows[row]?.line ?? 1 };
  return new CellweaveError(`experiments/${code}`, message, { place, ...(hint === undefined ? {} : { hint }) });
}
