/**
 * Writes the intervals of models/ecoli's regulators into their files: how far off each predictor was on held-out
 * genotypes of table E1, calibrated by project. For a new project within what was seen, and, wider, for what was not; of the
 * row `memory` also for genotypes measured in other conditions, from conditions left out.
 *
 * Usage: npx tsx models/training/fit_intervals.ts        (after fit_plain.ts; reads CELLWEAVE_DATA)
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { typicalWidths } from "../../src/analysis/knockouts/conformal.ts";
import { leaveOutEvaluation } from "../../src/analysis/knockouts/evaluation.ts";
import { readPredictions } from "../../src/analysis/knockouts/predictions.ts";
import { readKnockoutData, readPairs } from "../../src/analysis/knockouts/read-node.ts";
import { exampleOf, knockoutTask } from "../../src/analysis/knockouts/task.ts";
import type { KnockoutExample } from "../../src/regulation/baselines/example.ts";
import { withMemory } from "../../src/regulation/baselines/memory.ts";
import { regulonKriging } from "../../src/regulation/baselines/regulon-kriging.ts";
import { namesOf } from "../../src/regulation/trained/card.ts";
import { regulatoryGraph } from "../../src/regulation/graph/graph.ts";
import { parseRegulatoryFile } from "../../src/regulation/graph/graph-file.ts";
import { parseRidge } from "../../src/regulation/trained/ridge.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const NETWORK = path("networks/ecoli-core-trn.json");
const LEVELS = [0.5, 0.8, 0.9];

const task = knockoutTask(await readKnockoutData(process.env.CELLWEAVE_DATA ?? path("../shared/data")));
const network = regulatoryGraph(parseRegulatoryFile(await readFile(NETWORK, "utf8"), NETWORK));
const RIDGE = path("models/ecoli/ridge.json");
const { card: shared, weights } = parseRidge(await readFile(RIDGE, "utf8"), RIDGE);
const { gene_weights } = weights;
const expressed = namesOf(shared).expression.length;
const more = await readPairs(path("models/training/more_pairs.csv"));
const iModulons = task.iModulons.map(({ name }) => name);
const kriging = regulonKriging({ network, iModulons, scale: task.scale });
const evaluation = leaveOutEvaluation(task, "genotype", network);
const projects = new Set(task.examples.map(({ project }) => project)).size;

/** With one more project among those seen the share is held on average, whatever that project is like. */
const beyond = LEVELS.map((level) => Math.min(1, (level * (projects + 1)) / projects));

function intervalsOf(predicted: readonly Float64Array[], examples: readonly KnockoutExample[] = task.examples) {
  const named = (levels: readonly number[]) =>
    Object.fromEntries<number[]>(
      typicalWidths(predicted, examples, levels).map((width, k) => [
        String(100 * (LEVELS[k] ?? 0)),
        Array.from(width, (value) => Number(value.toFixed(3))),
      ]),
    );
  const [within, out] = [named(LEVELS), named(beyond)];
  return {
    fit: shared.fit,
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
  return intervalsOf(readPredictions(await readFile(file, "utf8"), file, task.examples, iModulons));
}

async function change(name: string, by: (data: Record<string, unknown>) => void, indent?: number): Promise<void> {
  const file = path(`models/ecoli/${name}`);
  const data = JSON.parse(await readFile(file, "utf8"));
  by(data);
  await writeFile(file, `${JSON.stringify(data, null, indent)}\n`);
}

/** Of genotypes measured in other conditions: from conditions of table E1 and of more_pairs.csv left out, one at a time. */
function seenIntervals(): object {
  const also = more.map((pair) => exampleOf(pair, task.activities, task.iModulons));
  const all = [...task.examples, ...also];
  const again = (example: KnockoutExample) => all.filter(({ genotype }) => genotype === example.genotype).length > 1;
  const predicted = all.filter(again).map((example) => {
    const rest = (examples: readonly KnockoutExample[]) => examples.filter((other) => other !== example);
    const memory = withMemory(kriging, { scale: task.scale, also: rest(also) });
    return memory.fit(rest(task.examples)).predict({ ...example, group: "" });
  });
  const { half_width, expression_half_width } = intervalsOf(predicted, all.filter(again));
  return { half_width_seen: half_width, expression_half_width_seen: expression_half_width };
}

const transformer = await heldOut("transformer");
const ridge = await heldOut("ridge");
await change("regulator.card.json", (card) => Object.assign(card, { intervals: transformer }), 1);
await change("ridge.json", (card) => Object.assign(card, { intervals: ridge }));
await change("plain.json", ({ rows }) => {
  for (const [name, row] of Object.entries(rows as Record<string, { title: string }>)) {
    const title = name === "memory" ? kriging.name : row.title;
    const entry = evaluation.plain.entries.find((candidate) => candidate.name === title);
    if (entry === undefined) throw new Error(`no row '${title}' in the table`);
    const seen = name === "memory" ? seenIntervals() : {};
    Object.assign(row, { intervals: { ...intervalsOf(entry.predicted), ...seen } });
  }
});
