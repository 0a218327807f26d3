import { columnIndex, firstCells, numberAt, readTable, type Table } from "../../analysis/csv.ts";
import { CellweaveError } from "../../errors.ts";
import type { ExpressionKind } from "../../metabolism/limits/expression-kinds.ts";
import { limitByExpression } from "../../metabolism/limits/expression-limits.ts";
import type { Turnover } from "../../metabolism/limits/protein-pool.ts";
import type { FluxBounds, FluxModel } from "../../metabolism/model/flux-model.ts";
import { nodeFiles } from "../../scenario/documents/files-node.ts";

export interface EnzymeOptions {
  readonly expression?: string;
  readonly sample?: string;
  readonly "expression-as"?: ExpressionKind;
  readonly kcat?: string;
  readonly "protein-pool"?: number;
}

/** Refuses options that need each other and aren't both there. */
export function checkEnzymeOptions(options: EnzymeOptions): void {
  const needs = (option: keyof EnzymeOptions, other: keyof EnzymeOptions) => {
    if (options[option] === undefined || options[other] !== undefined) return;
    throw new CellweaveError("cli/usage", `--${option} needs --${other}`, { kind: "usage" });
  };
  needs("sample", "expression");
  needs("expression-as", "expression");
  needs("kcat", "protein-pool");
  needs("protein-pool", "kcat");
}

async function tableOf(file: string): Promise<Table> {
  return readTable(new TextDecoder().decode(await nodeFiles.read(file)), file);
}

/** Bounds narrowed by the expression in a CSV file: genes in its first column, a sample in another. */
export async function expressionBounds(
  model: FluxModel,
  bounds: FluxBounds,
  { expression: file = "", sample, "expression-as": kind = "e-flux" }: EnzymeOptions,
): Promise<{ readonly bounds: FluxBounds; readonly note: string }> {
  const table = await tableOf(file);
  const column = sampleColumn(table, sample);
  const byName = new Map(model.genes.flatMap(({ name }, k) => (name === undefined ? [] : [[name, k] as const])));
  const values = new Float64Array(model.genes.length).fill(Number.NaN);
  let others = 0;
  firstCells(table).forEach((gene, row) => {
    const k = model.geneIndex.get(gene) ?? byName.get(gene);
    const value = numberAt(table, row, column);
    if (value < 0)
      throw fault(table, row, `the expression of '${gene}' is ${value}`, "give linear values, not logarithms");
    if (k === undefined) others += 1;
    else if (!Number.isNaN(values[k])) throw fault(table, row, `gene '${gene}' is there twice`, "leave one row a gene");
    else values[k] = value;
  });
  const found = values.filter((value) => !Number.isNaN(value)).length;
  if (found === 0)
    throw new CellweaveError("metabolism/expression", `none of the ${table.rows.length} genes is in '${model.id}'`, {
      place: { file },
      hint: `its genes are called ${model.genes
        .slice(0, 3)
        .map(({ id }) => id)
        .join(", ")}, ...`,
    });
  const limits = await limitByExpression(model, values, { kind, bounds });
  const { length } = model.genes;
  const note =
    `expression (${kind}): ${found} of ${length} genes have data, ${limits.limited.length} reactions are limited; ` +
    `${others} genes of the file aren't in the model`;
  return { bounds: limits.bounds, note };
}

function sampleColumn(table: Table, sample: string | undefined): number {
  if (sample !== undefined) return columnIndex(table, sample);
  if (table.header.length === 2) return 1;
  throw new CellweaveError("cli/usage", `'${table.file}' has ${table.header.length - 1} columns of values`, {
    kind: "usage",
    hint: `say which with --sample: ${table.header.slice(1, 6).join(", ")}${table.header.length > 6 ? ", ..." : ""}`,
  });
}

/** Turnover numbers from a CSV file with columns reaction, kcat_per_s, mass_kDa and, if need be, reverse_per_s. */
export async function readTurnovers(file: string): Promise<Turnover[]> {
  const table = await tableOf(file);
  const [reaction, kcat, mass] = ["reaction", "kcat_per_s", "mass_kDa"].map((name) => columnIndex(table, name));
  const reverse = table.header.indexOf("reverse_per_s");
  return table.rows.map(({ cells }, row): Turnover => {
    const back = reverse < 0 || cells[reverse]?.trim() === "" ? {} : { reverse: numberAt(table, row, reverse) };
    return {
      reaction: cells[reaction ?? 0] ?? "",
      kcat: numberAt(table, row, kcat ?? 0),
      mass: numberAt(table, row, mass ?? 0),
      ...back,
    };
  });
}

function fault({ file, rows }: Table, row: number, message: string, hint: string): CellweaveError {
  return new CellweaveError("metabolism/expression", message, { place: { file, line: rows[row]?.line ?? 1 }, hint });
}
