/**
 * Writes the intervals of models/ecoli's regulators into their files: how far off each predictor was on held-out
 * genotypes of table E1, calibrated by project. For a new project within what was seen, and, wider, for what was not.
 *
 * Usage: npx tsx models/training/fit_intervals.ts        (after fit_plain.ts; reads CELLWEAVE_DATA)
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { typicalWidths } from "../../src/analysis/knockouts/conformal.ts";
import { leaveOutEvaluation } from "../../src/analysis/knockouts/evaluation.ts";
import { readPredictions } from "../../src/analysis/knockouts/predictions.ts";
import { readKnockoutData } from "../../src/analysis/knockouts/read-node.ts";
import { knockoutTask } from "../../src/analysis/knockouts/task.ts";
import { namesOf } from "../../src/regulation/card.ts";
import { regulatoryGraph } from "../../src/regulation/graph.ts";
import { parseRegulatoryFile } from "../../src/regulation/graph-file.ts";
import { parseRidge } from "../../src/regulation/ridge.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const NETWORK = path("networks/ecoli-core-trn.json");
const LEVELS = [0.5, 0.8, 0.9];

const task = knockoutTask(await readKnockoutData(process.env.CELLWEAVE_DATA ?? path("../shared/data")));
const network = regulatoryGraph(parseRegulatoryFile(await readFile(NETWORK, "utf8"), NETWORK));
const RIDGE = path("models/ecoli/ridge.json");
const { card: shared, weights } = parseRidge(await readFile(RIDGE, "utf8"), RIDGE);
const { gene_weights } = weights;
const expressed = namesOf(shared).expression.length;
const evaluation = leaveOutEvaluation(task, "genotype", network);
const projects = new Set(task.examples.map(({ project }) => project)).size;

/** With one more project among those seen the share is held on average, whatever that project is like. */
const beyond = LEVELS.map((level) => Math.min(1, (level * (projects + 1)) / projects));

function intervalsOf(predicted: readonly Float64Array[]): object {
  const named = (levels: readonly number[]) =>
    Object.fromEntries<number[]>(
      typicalWidths(predicted, task.examples, levels).map((width, k) => [
        String(100 * (LEVELS[k] ?? 0)),
        Array.from(width, (value) => Number(value.toFixed(3))),
      ]),
    );
  const [within, out] = [named(LEVELS), named(beyond)];
  return {
    split: "leave-genotype-out",
    half_width: within,
    half_width_out: out,
    expression_half_width: carried(within),
    expression_half_width_out: carried(out),
  };
}

/** Half widths of log2 expression: those of activities through the gene weights, their errors taken as independent. */
function carried(widths: Readonly<Record<string, readonly number[]>>): object {
  const across = (width: readonly number[]) => {
    const square = new Float64Array(expressed);
    for (const [i, row] of gene_weights)
      for (const [g, weight] of row.entries()) square[g] = (square[g] ?? 0) + (weight * (width[i] ?? 0)) ** 2;
    return Array.from(square, (value) => Number(Math.sqrt(value).toFixed(4)));
  };
  return Object.fromEntries(Object.entries(widths).map(([level, width]) => [level, across(width)]));
}

async function heldOut(name: string): Promise<object> {
  const file = path(`models/ecoli/evaluation/${name}.predictions.csv`);
  const names = task.iModulons.map((iModulon) => iModulon.name);
  return intervalsOf(readPredictions(await readFile(file, "utf8"), file, task.examples, names));
}

async function change(name: string, by: (data: Record<string, unknown>) => void, indent?: number): Promise<void> {
  const file = path(`models/ecoli/${name}`);
  const data = JSON.parse(await readFile(file, "utf8"));
  by(data);
  await writeFile(file, `${JSON.stringify(data, null, indent)}\n`);
}

const transformer = await heldOut("transformer");
const ridge = await heldOut("ridge");
await change("regulator.card.json", (card) => Object.assign(card, { intervals: transformer }), 1);
await change("ridge.json", (card) => Object.assign(card, { intervals: ridge }));
await change("plain.json", ({ rows }) => {
  for (const row of Object.values(rows as Record<string, { title: string }>)) {
    const entry = evaluation.plain.entries.find(({ name }) => name === row.title);
    if (entry === undefined) throw new Error(`no row '${row.title}' in the table`);
    Object.assign(row, { intervals: intervalsOf(entry.predicted) });
  }
});
