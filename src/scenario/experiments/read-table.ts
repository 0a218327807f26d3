import { CellweaveError } from "../../errors.ts";
import {
  type Condition,
  type Experiments,
  type Intervention,
  meanOfReplicates,
} from "../../regulation/in-context/experiments.ts";
import { didYouMean } from "../../suggest.ts";
import { readTable, type Table } from "../table.ts";

/** Columns that say what was done; every other column is a variable. */
export const INTERVENTION_COLUMNS = ["knockout", "knockdown", "overexpression", "inhibition", "clamp"] as const;
type InterventionColumn = (typeof INTERVENTION_COLUMNS)[number];
const PROJECT = "project";

/**
 * Reads a table of experiments: first column a name, then any of the intervention columns (`geneA+geneB`, or with an
 * amount `geneA:0.5`; empty for a control), `project` (experiments that share a control), and one column a variable.
 * Replicates (equal interventions in one project) are averaged; empty cells and NA are missing.
 * @throws CellweaveError `experiments/...` with the line, what was found and what was expected
 */
export function parseExperiments(text: string, file: string): Experiments {
  const table = readTable(text, file);
  const variables = variablesOf(table);
  if (table.rows.length < 3)
    throw problem("experiments/too-few", table, 1, `${table.rows.length} experiments; at least 3 are needed`);
  const conditions = table.rows.map((_, row) => conditionOf(table, row, variables));
  for (const [v, name] of variables.entries())
    if (conditions.every(({ values }) => Number.isNaN(values[v] ?? Number.NaN)))
      throw problem("experiments/no-values", table, 1, `column '${name}' has no number`, "leave the column out");
  return { variables, conditions: meanOfReplicates(conditions) };
}

function variablesOf(table: Table): string[] {
  const { header } = table;
  const special: readonly string[] = [...INTERVENTION_COLUMNS, PROJECT];
  const seen = new Set<string>();
  for (const name of header.slice(1)) {
    if (name === "") throw problem("experiments/header", table, 1, "a column has no name");
    if (seen.has(name)) throw problem("experiments/header", table, 1, `column '${name}' is there twice`);
    seen.add(name);
    const folded = special.find((known) => known !== name && known === name.toLowerCase());
    if (folded !== undefined)
      throw problem("experiments/header", table, 1, `column '${name}'`, `write '${folded}' if it says what was done`);
  }
  const variables = header.slice(1).filter((name) => !special.includes(name));
  if (variables.length < 2)
    throw problem(
      "experiments/header",
      table,
      1,
      `${variables.length} variables; at least 2 columns of numbers are needed`,
    );
  if (!header.some((name) => (INTERVENTION_COLUMNS as readonly string[]).includes(name)))
    throw problem(
      "experiments/header",
      table,
      1,
      "no column says what was done",
      `add one of ${INTERVENTION_COLUMNS.join(", ")}, empty for controls`,
    );
  return variables;
}

function conditionOf(table: Table, row: number, variables: readonly string[]): Condition {
  const cell = (name: string): string => table.rows[row]?.cells[table.header.indexOf(name)]?.trim() ?? "";
  const interventions = INTERVENTION_COLUMNS.flatMap((kind) =>
    table.header.includes(kind) ? parseInterventions(kind, cell(kind), lineOf(table, row), table) : [],
  );
  for (const { target, kind } of interventions) {
    const near = variables.find((name) => name !== target && name.toLowerCase() === target.toLowerCase());
    if (near !== undefined)
      throw problem("experiments/target", table, lineOf(table, row), `${kind} '${target}'`, `did you mean '${near}'?`);
  }
  return {
    project: cell(PROJECT),
    interventions,
    values: Float64Array.from(variables, (name) => numberIn(cell(name), name, table, row)),
    replicates: 1,
  };
}

function numberIn(text: string, column: string, table: Table, row: number): number {
  if (text === "" || /^(na|nan|n\/a|null|missing)$/i.test(text)) return Number.NaN;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  const hint = /^-?\d+,\d+$/.test(text)
    ? "write a point for the decimal, not a comma"
    : "leave the cell empty if nothing was measured";
  throw problem(
    "experiments/number",
    table,
    lineOf(table, row),
    `column '${column}': expected a number, got '${text}'`,
    hint,
  );
}

/**
 * Interventions of one kind from `geneA+geneB` or `geneA:0.5`.
 * @throws CellweaveError `experiments/amount` for a share outside 0 to 1, or a missing amount
 */
export function parseInterventions(kind: InterventionColumn, text: string, line = 1, table?: Table): Intervention[] {
  const wrong = (message: string, hint?: string) =>
    table === undefined
      ? new CellweaveError("experiments/amount", message, { kind: "usage", ...(hint === undefined ? {} : { hint }) })
      : problem("experiments/amount", table, line, message, hint);
  if (text === "" || /^(na|none|wt|wild ?type|control|-)$/i.test(text)) return [];
  return text
    .split(/[+;]/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part): Intervention => {
      const colon = part.lastIndexOf(":");
      const target = colon < 0 ? part : part.slice(0, colon).trim();
      const amount = colon < 0 ? undefined : Number(part.slice(colon + 1));
      if (target === "" || Number.isNaN(amount)) throw wrong(`${kind} '${part}': expected a name, or name:amount`);
      if (kind === "knockout") {
        if (amount !== undefined && amount !== 1)
          throw wrong(`knockout '${part}' has an amount`, "a partial loss is a knockdown");
        return { kind, target, amount: 1 };
      }
      if (kind === "clamp" || kind === "overexpression") {
        if (amount === undefined)
          throw wrong(`${kind} '${part}' has no amount`, `write ${target}:VALUE, in the table's unit`);
        return { kind, target, amount };
      }
      const share = amount ?? 1;
      if (!(share > 0 && share <= 1)) throw wrong(`${kind} '${part}': the share lost must be above 0 and at most 1`);
      return { kind, target, amount: share };
    });
}

/** A target that is no variable and has no edge to one: said once, not refused. */
export function unknownTargets(
  { variables, conditions }: Experiments,
  outside: ReadonlyMap<string, unknown>,
): { readonly target: string; readonly hint: string | undefined }[] {
  const targets = new Set(conditions.flatMap(({ interventions }) => interventions.map(({ target }) => target)));
  return [...targets]
    .filter((target) => !variables.includes(target) && !outside.has(target))
    .map((target) => ({ target, hint: didYouMean(target, variables) }));
}

function lineOf(table: Table, row: number): number {
  return table.rows[row]?.line ?? 1;
}

function problem(code: string, { file }: Table, line: number, message: string, hint?: string): CellweaveError {
  return new CellweaveError(code, message, { place: { file, line }, ...(hint === undefined ? {} : { hint }) });
}
