import { fileURLToPath } from "node:url";
import type { Evaluation } from "../analysis/knockouts/evaluation.ts";
import type { GeneLevel } from "../analysis/knockouts/gene-level.ts";
import type { Entry } from "../analysis/knockouts/metrics-row.ts";
import type { ModelEntry } from "../analysis/knockouts/models-node.ts";
import type { Results } from "../analysis/knockouts/results.ts";
import type { KnockoutTask } from "../analysis/knockouts/task.ts";
import type { BootstrapOptions } from "../analysis/metrics/bootstrap.ts";
import type { RegulatoryGraph } from "../regulation/graph.ts";
import type { OptionValues } from "./arguments.ts";
import { parseArguments } from "./arguments.ts";
import { type Command, EXIT, type Streams } from "./command.ts";
import { progressOn } from "./progress.ts";
import { writeText } from "./write-text.ts";

const BENCHMARKS = ["ecoli-knockouts", "ecoli-edges", "breast-inhibitors", "ecoli-fluxes", "ecoli-growth"];
const MODELS = fileURLToPath(new URL("../../models/ecoli", import.meta.url));
const NETWORK = fileURLToPath(new URL("../../networks/ecoli-core-trn.json", import.meta.url));
const CELL = fileURLToPath(new URL("../../models/ecoli/ecoli.cell.yaml", import.meta.url));
const CORE = fileURLToPath(new URL("../../sbml/ecoli-core.xml", import.meta.url));
const DEFAULT_DATA = fileURLToPath(new URL("../../../shared/data", import.meta.url));

const OPTIONS = {
  data: { type: "text" },
  cell: { type: "text" },
  pairs: { type: "text" },
  split: { type: "choice", of: ["genotype", "project"] },
  predictions: { type: "list" },
  model: { type: "list" },
  reader: { type: "text" },
  genes: { type: "flag" },
  json: { type: "text" },
  plot: { type: "text" },
  csv: { type: "text" },
  bootstrap: { type: "number", integer: true, min: 1, max: 1_000_000 },
  seed: { type: "number", integer: true },
} as const;

type Options = OptionValues<typeof OPTIONS>;

export const command: Command = {
  summary: "Measure the learned regulator against plain baselines",
  help: `
Usage: cellweave evaluate ecoli-knockouts [options]
       cellweave evaluate ecoli-edges [--data DIR] [--model LIST] [--json FILE] [--bootstrap N] [--seed N]
       cellweave evaluate breast-inhibitors [--data FILE.csv --cell FOLDER] [--json FILE] [--plot FILE]
       cellweave evaluate ecoli-fluxes [--data DIR] [--json FILE] [--bootstrap N] [--seed N]
       cellweave evaluate ecoli-growth [--data DIR] [--csv FILE] [--plot FILE] [--json FILE] [--bootstrap N] [--seed N]

ecoli-knockouts predicts the change of iModulon activities when an unseen gene of E. coli is deleted (74 conditions, 38 genotypes of
PRECISE-1K), leaving one whole genotype out at a time, and prints a table in Markdown: the plain rows, the rows of the
models in models/ecoli/evaluation, the replicate ceiling, and who wins.

ecoli-edges scores who regulates whom against the network of PRECISE-1K: plain rows, and virtual knockouts of the
shipped regulators (or of --model).

ecoli-fluxes sets the measured fluxes of 24 deletion strains in a chemostat (Ishii 2007) beside FBA, pFBA, MOMA, ROOM
and the arms of the shipped cell; minutes.

ecoli-growth sets the growth of the Keio collection's mutants on glucose (Baba 2006) beside iML1515, and says gene by
gene what the shipped cell's regulation changes; many minutes.

breast-inhibitors predicts what an AKT inhibitor, alone and with a MEK inhibitor, does to phosphorylated sites of breast
cancer lines (HPN-DREAM), of which no training row shows anything: plain rows and the three arms of a fitted line.
--data may be one line's MIDAS table, --cell the folder that models/training/breast_line.py made of it.

Options:
  --data DIR            folder that holds ecoli/precise1k and ecoli/ko_pairs.csv; default CELLWEAVE_DATA,
                        else ../shared/data beside the program's own folder
  --cell FOLDER         breast-inhibitors: a fitted line; default models/breast/<line>
  --pairs FILE          predict these pairs (same columns as ko_pairs.csv), everything fitted on the data folder's own
                        pairs alone; the shipped models are asked too, unless they have seen one of the genotypes
  --split NAME          what is left out together: genotype (default) or project
  --predictions LIST    more rows: CSV files with columns genotype, condition and one for each iModulon (the predicted
                        change); NAME.card.json beside NAME.predictions.csv says what the model has seen
  --model LIST          more rows: regulators to ask (a card, a ridge .json or a folder)
  --reader DIR          one more row: a reader of experiments (models/reader), the other genotypes as its context
  --genes               carry predictions to the expression of all genes too, and compare with what was measured
  --json FILE           the table as JSON too; - for stdout in place of the Markdown
  --plot FILE           a figure (SVG)
  --csv FILE            ecoli-growth: a row for every gene
  --bootstrap N         draws of the bootstrap over genotypes (stimuli), default 2000
  --seed N              its seed, default 1

A model whose card says that it saw a held-out sample is refused.

Examples:
  cellweave evaluate ecoli-knockouts --data ../shared/data
  cellweave evaluate ecoli-knockouts --split project --json results.json --plot results.svg
`,
  async run(args, streams) {
    const expected = { min: 1, max: 1, name: "BENCHMARK" };
    const { options, positionals } = parseArguments("evaluate", args, OPTIONS, expected);
    await requireBenchmark(positionals[0] ?? "");
    const folder = options.data ?? process.env.CELLWEAVE_DATA ?? DEFAULT_DATA;
    const bootstrap = { resamples: options.bootstrap ?? 2000, seed: options.seed ?? 1 };
    if (positionals[0] === "ecoli-edges") return edges(folder, bootstrap, options, streams);
    if (positionals[0] === "breast-inhibitors") return breast(folder, bootstrap, options, streams);
    if (positionals[0] === "ecoli-fluxes") return fluxes(folder, bootstrap, options, streams);
    if (positionals[0] === "ecoli-growth") return growth(folder, bootstrap, options, streams);
    const { readKnockoutData } = await import("../analysis/knockouts/read-node.ts");
    const { knockoutTask } = await import("../analysis/knockouts/task.ts");
    const { results } = await import("../analysis/knockouts/evaluation.ts");
    const task = knockoutTask(await readKnockoutData(folder));
    const evaluation = await evaluationOf(task, options, streams);
    const models = await modelEntries(task, evaluation, options, streams);
    const table = results(task, evaluation, models, bootstrap);
    const genes = options.genes === true ? await geneTable(folder, task, evaluation, models) : undefined;
    await write({ table, genes, split: evaluation.split }, options, streams);
    return EXIT.done;
  },
};

async function breast(data: string, bootstrap: BootstrapOptions, { cell, json, plot }: Options, streams: Streams) {
  const { evaluateBreast } = await import("./evaluate-breast.ts");
  await evaluateBreast({ data, cell, json, plot }, bootstrap, streams);
  return EXIT.done;
}

async function edges(folder: string, bootstrap: BootstrapOptions, options: Options, { out }: Streams): Promise<number> {
  const { evaluateEdges } = await import("./evaluate-edges.ts");
  const models = options.model ?? [MODELS, `${MODELS}/ridge.json`];
  const { markdown, tables } = await evaluateEdges(folder, models, bootstrap);
  const json = `${JSON.stringify({ benchmark: "ecoli-edges", bootstrap, tables }, null, 1)}\n`;
  out.write(options.json === "-" ? json : markdown);
  if (options.json !== undefined && options.json !== "-") await writeText(options.json, json);
  return EXIT.done;
}

async function fluxes(
  folder: string,
  bootstrap: BootstrapOptions,
  options: Options,
  streams: Streams,
): Promise<number> {
  const { evaluateFluxes } = await import("./evaluate-fluxes.ts");
  const progress = progressOn(streams, false);
  const onProgress = (done: number) => progress.update("strains in the chemostat", done);
  const found = await evaluateFluxes(folder, { cell: CELL, model: CORE }, bootstrap, onProgress);
  progress.end();
  return said(found, options, streams);
}

async function growth(
  folder: string,
  bootstrap: BootstrapOptions,
  options: Options,
  streams: Streams,
): Promise<number> {
  const { evaluateGrowth } = await import("./evaluate-growth.ts");
  const progress = progressOn(streams, false);
  const onProgress = (done: number) => progress.update("strains of the cell", done);
  const found = await evaluateGrowth(folder, CELL, bootstrap, onProgress);
  progress.end();
  if (options.csv !== undefined) await writeText(options.csv, found.csv);
  if (options.plot !== undefined) await writeText(options.plot, found.svg);
  return said(found, options, streams);
}

interface Said {
  readonly markdown: string;
  readonly json: object;
}

async function said({ markdown, json }: Said, options: Options, { out }: Streams): Promise<number> {
  const text = `${JSON.stringify(json, null, 1)}\n`;
  out.write(options.json === "-" ? text : markdown);
  if (options.json !== undefined && options.json !== "-") await writeText(options.json, text);
  return EXIT.done;
}

async function requireBenchmark(name: string): Promise<void> {
  if (BENCHMARKS.includes(name)) return;
  const { CellweaveError } = await import("../errors.ts");
  const { didYouMean } = await import("../suggest.ts");
  throw new CellweaveError("cli/usage", `evaluate: unknown benchmark '${name}'`, {
    kind: "usage",
    hint: didYouMean(name, BENCHMARKS) ?? `the benchmarks are ${BENCHMARKS.join(", ")}`,
  });
}

async function evaluationOf(task: KnockoutTask, options: Options, { err }: Streams): Promise<Evaluation> {
  const { leaveOutEvaluation, pairsEvaluation } = await import("../analysis/knockouts/evaluation.ts");
  const network = await readNetwork();
  if (options.pairs === undefined) return leaveOutEvaluation(task, options.split ?? "genotype", network);
  const { readPairs } = await import("../analysis/knockouts/read-node.ts");
  const evaluation = pairsEvaluation(task, await readPairs(options.pairs), network);
  if (evaluation.setAside.length > 0)
    err.write(`not trained on, because it is predicted: ${evaluation.setAside.join(", ")}\n`);
  return evaluation;
}

async function readNetwork(): Promise<RegulatoryGraph> {
  const { readFile } = await import("node:fs/promises");
  const { parseRegulatoryFile } = await import("../regulation/graph-file.ts");
  const { regulatoryGraph } = await import("../regulation/graph.ts");
  return regulatoryGraph(parseRegulatoryFile(await readFile(NETWORK, "utf8"), NETWORK));
}

async function modelEntries(task: KnockoutTask, evaluation: Evaluation, options: Options, { err }: Streams) {
  const { entryFromPredictions, entryFromRegulator, predictionFiles } = await import(
    "../analysis/knockouts/models-node.ts"
  );
  const found: ModelEntry[] = [];
  const shipped = options.pairs === undefined ? await predictionFiles(`${MODELS}/evaluation`) : [];
  if (options.split !== "project")
    for (const file of shipped) found.push(await entryFromPredictions(file, task, evaluation));
  for (const file of options.predictions ?? []) found.push(await entryFromPredictions(file, task, evaluation));
  for (const path of options.model ?? []) found.push(await entryFromRegulator(path, "transformer", task, evaluation));
  if (options.pairs !== undefined) {
    for (const path of [MODELS, `${MODELS}/ridge.json`]) {
      const entry = await entryFromRegulator(path, "shipped", task, evaluation).catch((error: unknown) =>
        refused(error, err),
      );
      if (entry !== undefined) found.push(entry);
    }
  }
  if (options.reader !== undefined) {
    const { openReader } = await import("../regulation/in-context/open-node.ts");
    const { readerEntries } = await import("../analysis/knockouts/reader-entry.ts");
    const model = await openReader(options.reader);
    for (const entry of await readerEntries(model, task, evaluation, await readNetwork()))
      found.push({ entry, notes: [] });
  }
  for (const { notes } of found) for (const note of notes) err.write(`${note}\n`);
  return found.map(({ entry }) => entry);
}

/** A shipped model that has seen the pairs is left out with a word; any other trouble is an error. */
function refused(error: unknown, err: Streams["err"]): undefined {
  const { code, message } = error as { code?: string; message?: string };
  if (code !== "evaluate/seen") throw error;
  err.write(`${message}\n`);
  return undefined;
}

async function geneTable(folder: string, task: KnockoutTask, evaluation: Evaluation, models: readonly Entry[]) {
  const { readGeneLevel } = await import("../analysis/knockouts/read-node.ts");
  const { geneLevel } = await import("../analysis/knockouts/gene-level.ts");
  const { table, locusOf } = await readGeneLevel(folder);
  return geneLevel([...evaluation.plain.entries, ...models], task, evaluation, table, locusOf);
}

interface Found {
  readonly table: Results;
  readonly genes: GeneLevel | undefined;
  readonly split: string;
}

async function write({ table, genes, split }: Found, options: Options, { out, err }: Streams): Promise<void> {
  const { geneLevelTable, markdownTable } = await import("../analysis/knockouts/markdown.ts");
  const { resultsJson } = await import("../analysis/knockouts/json.ts");
  const { verdict } = await import("../analysis/knockouts/verdict.ts");
  const words = verdict(table);
  const gene = genes === undefined ? {} : { gene_level: genes };
  const head = { benchmark: "ecoli-knockouts", split, verdict: words, ...gene };
  const json = `${JSON.stringify(resultsJson(table, head), null, 1)}\n`;
  if (options.json === "-") out.write(json);
  else
    out.write(
      `## ecoli-knockouts, ${split}\n\n${markdownTable(table)}${genes ? geneLevelTable(genes) : ""}\n${words}\n`,
    );
  if (options.json !== undefined && options.json !== "-") await writeText(options.json, json);
  if (options.plot !== undefined) {
    const { evaluationFigure } = await import("../report/figure-evaluation.ts");
    await writeText(options.plot, evaluationFigure(table, split).svg);
  }
  for (const file of [options.json, options.plot]) if (file !== undefined && file !== "-") err.write(`wrote ${file}\n`);
}
