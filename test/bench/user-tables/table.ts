import { readFileSync } from "node:fs";
import type { Query } from "../../../src/regulation/in-context/design.ts";
import type { Condition, Experiments, Intervention } from "../../../src/regulation/in-context/experiments.ts";
import type { EdgesOnTable } from "../../../src/regulation/in-context/signed-edges.ts";

/** A table as a user might bring it, and experiments that were left out of it. */
export interface UserTable {
  /** What kind of world and experiments. */
  readonly family: string;
  /** Sets of interventions in the table. */
  readonly sets: number;
  readonly experiments: Experiments;
  readonly edges: EdgesOnTable;
  readonly asked: readonly Asked[];
}

export interface Asked {
  readonly query: Query;
  /** Shape [variables]; NaN where the query holds the variable. */
  readonly truth: Float64Array;
}

/** A row as `draw.py` writes it. */
interface Row {
  readonly project: string;
  readonly query: boolean;
  readonly interventions: readonly Intervention[];
  readonly values: readonly (number | null)[];
  readonly held: readonly string[];
}

interface Line {
  readonly family: string;
  readonly sets: number;
  readonly variables: number;
  readonly rows: readonly Row[];
  readonly matrix: readonly number[];
  readonly outside: readonly (readonly [string, readonly number[]])[];
}

/** Tables of the training's simulator, from a file that `draw.py` wrote. */
export function drawnTables(file: string): UserTable[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => tableOf(JSON.parse(line)));
}

function tableOf({ family, sets, variables: n, rows, matrix, outside }: Line): UserTable {
  const variables = Array.from({ length: n }, (_, i) => `G${i}`);
  const numbers = ({ values }: Row) => Float64Array.from(values, (value) => value ?? Number.NaN);
  const conditions = rows
    .filter(({ query }) => !query)
    .map((row): Condition => ({ ...row, values: numbers(row), replicates: 1 }));
  const asked = rows
    .filter(({ query }) => query)
    .map((row): Asked => {
      const known = new Map(row.held.map((name) => [name, row.values[variables.indexOf(name)] ?? 0]));
      const { interventions, project } = row;
      const truth = numbers(row).map((value, v) => (known.has(variables[v] ?? "") ? Number.NaN : value));
      return { query: { interventions, project, known }, truth };
    });
  const edges = {
    matrix: Float64Array.from(matrix),
    outside: new Map(outside.map(([name, effects]) => [name, Float64Array.from(effects)])),
    beyond: new Map(),
  };
  return { family, sets, experiments: { variables, conditions }, edges, asked };
}
