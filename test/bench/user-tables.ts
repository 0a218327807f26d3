/**
 * What `cellweave predict` is worth on tables as users might bring them, by family and by size:
 * `npx tsx test/bench/user-tables.ts [TABLES]` on networks of another family than the reader's training (products of
 * Hill terms), so many tables of each kind and size (4), and `npx tsx test/bench/user-tables.ts FILE` on those that
 * `user-tables/draw.py FILE` drew from the training's simulator. Geometric means of errors against "no change".
 */
import { fileURLToPath } from "node:url";
import { winner } from "../../src/analysis/experiments/compare.ts";
import { predictQuery } from "../../src/analysis/experiments/predict.ts";
import { trial } from "../../src/analysis/experiments/trial.ts";
import { openReader } from "../../src/regulation/in-context/open-node.ts";
import { allPredictors } from "../../src/regulation/in-context/predictors.ts";
import { hillTable, KINDS } from "./user-tables/hill-networks.ts";
import { drawnTables, type UserTable } from "./user-tables/table.ts";

const SIZES = [
  { sets: 3, variables: 16, share: 1 },
  { sets: 5, variables: 16, share: 1 },
  { sets: 10, variables: 20, share: 1 },
  { sets: 40, variables: 48, share: 0.25 },
] as const;
const argument = process.argv[2] ?? "4";
const predictors = allPredictors(await openReader(fileURLToPath(new URL("../../models/reader", import.meta.url))));
const RULES = ["row with the least error", "as answered"];
const COLUMNS = [...predictors.map(({ name }) => name), "stack", ...RULES];

function tables(): UserTable[] {
  const count = Number(argument);
  if (Number.isNaN(count)) return drawnTables(argument);
  return SIZES.flatMap(({ sets, variables, share }) =>
    KINDS.flatMap((kind) =>
      Array.from({ length: Math.ceil(share * count) }, (_, k) => hillTable(kind, sets, variables, 1000 * sets + k)),
    ),
  );
}

interface Measured {
  readonly table: UserTable;
  /** Mean squared error in spreads of each of `COLUMNS`, over that of no change. */
  readonly errors: readonly number[];
  /** Of what was measured, the share inside the answer's 90 % intervals. */
  readonly inside: number;
  readonly isStack: boolean;
}

async function measure(table: UserTable): Promise<Measured> {
  const { experiments, edges, asked } = table;
  const found = await trial(experiments, edges, predictors, { seed: 1 });
  const best = found.tried[winner(found.tried.map(({ row }) => row))] ?? found.chosen;
  const errors = new Float64Array(COLUMNS.length);
  let [inside, count] = [0, 0];
  for (const { query, truth } of asked)
    for (const [c, chosen] of [...found.tried, best, found.chosen].entries()) {
      const isAnswer = c === COLUMNS.length - 1;
      const fallback = isAnswer ? found.fallback : chosen;
      const { variables } = await predictQuery(experiments, edges, query, { chosen, fallback });
      for (const [v, { predicted, low, high, usual }] of variables.entries()) {
        const value = truth[v] ?? Number.NaN;
        if (Number.isNaN(value) || usual === 0) continue;
        errors[c] = (errors[c] ?? 0) + ((predicted - value) / usual) ** 2;
        if (!isAnswer) continue;
        inside += low <= value && value <= high ? 1 : 0;
        count++;
      }
    }
  const against = [...errors].map((error) => Math.max(error, 1e-9) / Math.max(errors[0] ?? 0, 1e-9));
  return { table, errors: against, inside: inside / count, isStack: found.chosen === found.tried.at(-1) };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function line(name: string, rows: readonly Measured[]): string {
  const ratios = COLUMNS.map((_, c) => Math.exp(mean(rows.map(({ errors }) => Math.log(errors[c] ?? 1)))));
  const plain = ratios.slice(0, predictors.length - 1);
  const best = plain.indexOf(Math.min(...plain));
  const answered = (ratios.at(-1) ?? 1) / (plain[best] ?? 1) - 1;
  const figures = [...ratios.slice(-RULES.length - 2), mean(rows.map(({ inside }) => inside))];
  const cells = [`${plain[best]?.toFixed(3)} (${COLUMNS[best]})`, ...figures.map((figure) => figure.toFixed(3))];
  const stacks = rows.filter(({ isStack }) => isStack).length;
  return `| ${name} | ${cells.join(" | ")} | ${stacks} of ${rows.length} | ${(100 * answered).toFixed(0)} % |`;
}

const measured: Measured[] = [];
for (const table of tables()) measured.push(await measure(table));
const head = ["tables", "best plain row of the line", "reader", "stack", ...RULES, "inside 90 %", "the stack answers"];
console.log(`| ${[...head, "answer against the best plain row"].join(" | ")} |\n|${"---|".repeat(head.length + 1)}`);
for (const sets of new Set(measured.map(({ table }) => table.sets)))
  console.log(
    line(
      `${sets} sets`,
      measured.filter(({ table }) => table.sets === sets),
    ),
  );
for (const family of new Set(measured.map(({ table }) => table.family)))
  console.log(
    line(
      family,
      measured.filter(({ table }) => table.family === family),
    ),
  );
console.log(line("all", measured));
