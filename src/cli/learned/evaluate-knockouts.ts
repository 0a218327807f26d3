import { fileURLToPath } from "node:url";
import type { Evaluation } from "../../analysis/knockouts/evaluation.ts";
import type { GeneLevel } from "../../analysis/knockouts/gene-level.ts";
import type { Entry } from "../../analysis/knockouts/metrics-row.ts";
import type { ModelEntry } from "../../analysis/knockouts/models-node.ts";
import type { Results } from "../../analysis/knockouts/results.ts";
import type { KnockoutTask } from "../../analysis/knockouts/task.ts";
import type { BootstrapOptions } from "../../analysis/metrics/bootstrap.ts";
import type { RegulatoryGraph } from "../../regulation/graph/graph.ts";
import type { Streams } from "../command.ts";
import { writeText } from "../write-text.ts";
import type { EvaluateOptions as Options } from "./evaluate-options.ts";
import { type EvaluateStreams, writePlot } from "./evaluate-page.ts";

const MODELS = fileURLToPath(new URL("../../../models/ecoli", import.meta.url));
const NETWORK = fileURLToPath(new URL("../../../networks/ecoli-core-trn.json", import.meta.url));

/** Where a knockout benchmark's graph and held-out predictions lie. */
interface Place {
  readonly network: string;
  readonly predictions: string;
  /** Regulators that are asked for pairs of their own. */
  readonly regulators?: readonly string[];
}

const SHIPPED: Place = {
  network: NETWORK,
  predictions: `${MODELS}/evaluation`,
  regulators: [MODELS, `${MODELS}/ridge.json`],
};

/** The folder of one's own data; what asks for more than it holds is refused. */
async function ownFolder({ data, genes, pairs }: Options): Promise<string> {
  if (data !== undefined && genes === undefined && pairs === undefined) return data;
  const { CellweaveError } = await import("../../errors.ts");
  const option = data === undefined ? "needs '--data'" : `does not take '--${genes === undefined ? "pairs" : "genes"}'`;
  throw new CellweaveError("cli/usage", `evaluate knockouts: ${option}`, {
    kind: "usage",
    hint: "--data names a folder written by cellweave train, whose pairs are predicted",
  });
}

/** The benchmarks `ecoli-knockouts` and `knockouts`: the table, where it was asked to go. */
export async function evaluateKnockouts(
  benchmark: string,
  folder: string,
  bootstrap: BootstrapOptions,
  options: Options,
  streams: EvaluateStreams,
): Promise<void> {
  const { OWN_FILES, readKnockoutData } = await import("../../analysis/knockouts/read-node.ts");
  const { knockoutTask } = await import("../../analysis/knockouts/task.ts");
  const { results } = await import("../../analysis/knockouts/evaluation.ts");
  const own = benchmark === "knockouts" ? await ownFolder(options) : undefined;
  const place = own === undefined ? SHIPPED : { network: `${own}/network.json`, predictions: `${own}/evaluation` };
  const task = knockoutTask(await readKnockoutData(folder, own === undefined ? undefined : OWN_FILES));
  const evaluation = await evaluationOf(task, options, place, streams);
  const models = await modelEntries(task, evaluation, options, place, streams);
  const table = results(task, evaluation, models, bootstrap, options.against);
  const genes = options.genes === true ? await geneTable(folder, task, evaluation, models, bootstrap) : undefined;
  await write({ table, genes, split: evaluation.split, benchmark }, options, streams);
}

async function evaluationOf(task: KnockoutTask, options: Options, place: Place, { err }: Streams): Promise<Evaluation> {
  const { leaveOutEvaluation, pairsEvaluation } = await import("../../analysis/knockouts/evaluation.ts");
  const network = await readNetwork(place.network);
  if (options.pairs === undefined) return leaveOutEvaluation(task, options.split ?? "genotype", network);
  const { readPairs } = await import("../../analysis/knockouts/read-node.ts");
  const evaluation = pairsEvaluation(task, await readPairs(options.pairs), network);
  if (evaluation.setAside.length > 0)
    err.write(`not trained on, because it is predicted: ${evaluation.setAside.join(", ")}\n`);
  return evaluation;
}

async function readNetwork(file: string): Promise<RegulatoryGraph> {
  const { readFile } = await import("node:fs/promises");
  const { parseRegulatoryFile } = await import("../../regulation/graph/graph-file.ts");
  const { regulatoryGraph } = await import("../../regulation/graph/graph.ts");
  return regulatoryGraph(parseRegulatoryFile(await readFile(file, "utf8"), file));
}

async function modelEntries(
  task: KnockoutTask,
  evaluation: Evaluation,
  options: Options,
  place: Place,
  { err }: Streams,
) {
  const { entryFromPredictions, entryFromRegulator, predictionFiles } = await import(
    "../../analysis/knockouts/models-node.ts"
  );
  const found: ModelEntry[] = [];
  const shipped = options.pairs === undefined ? await predictionFiles(place.predictions) : [];
  if (options.split === undefined || options.split === "genotype")
    for (const file of shipped) found.push(await entryFromPredictions(file, task, evaluation));
  for (const file of options.predictions ?? []) found.push(await entryFromPredictions(file, task, evaluation));
  for (const path of options.model ?? []) found.push(await entryFromRegulator(path, "transformer", task, evaluation));
  if (options.pairs !== undefined) {
    for (const path of place.regulators ?? []) {
      const entry = await entryFromRegulator(path, "shipped", task, evaluation).catch((error: unknown) =>
        refused(error, err),
      );
      if (entry !== undefined) found.push(entry);
    }
  }
  if (options.reader !== undefined) {
    const { openReader } = await import("../../regulation/in-context/open-node.ts");
    const { readerEntries } = await import("../../analysis/knockouts/reader-entry.ts");
    const model = await openReader(options.reader);
    found.push(...(await readerEntries(model, task, evaluation, await readNetwork(place.network))));
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

async function geneTable(
  folder: string,
  task: KnockoutTask,
  evaluation: Evaluation,
  models: readonly Entry[],
  bootstrap: BootstrapOptions,
) {
  const { readGeneLevel } = await import("../../analysis/knockouts/read-node.ts");
  const { geneLevel } = await import("../../analysis/knockouts/gene-level.ts");
  const { table, locusOf } = await readGeneLevel(folder);
  return geneLevel([...evaluation.plain.entries, ...models], task, evaluation, table, locusOf, bootstrap);
}

interface Found {
  readonly table: Results;
  readonly genes: GeneLevel | undefined;
  readonly split: string;
  readonly benchmark: string;
}

async function write(
  { table, genes, split, benchmark }: Found,
  options: Options,
  streams: EvaluateStreams,
): Promise<void> {
  const { out, err } = streams;
  const { geneLevelTable, markdownTable } = await import("../../analysis/knockouts/markdown.ts");
  const { resultsJson } = await import("../../analysis/knockouts/json.ts");
  const { verdict } = await import("../../analysis/knockouts/verdict.ts");
  const words = verdict(table);
  const gene = genes === undefined ? {} : { gene_level: genes };
  const head = { benchmark, split, verdict: words, ...gene };
  const json = `${JSON.stringify(resultsJson(table, head), null, 1)}\n`;
  if (options.json === "-") out.write(json);
  else
    out.write(`## ${benchmark}, ${split}\n\n${markdownTable(table)}${genes ? geneLevelTable(genes) : ""}\n${words}\n`);
  if (options.json !== undefined && options.json !== "-") await writeText(options.json, json);
  const draw = async () => (await import("../../report/figures/evaluation.ts")).evaluationFigure(table, split);
  await writePlot(options.plot, draw, streams);
  for (const file of [options.json, options.plot]) if (file !== undefined && file !== "-") err.write(`wrote ${file}\n`);
}
