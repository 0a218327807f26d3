import { fileURLToPath } from "node:url";
import type { BootstrapOptions } from "../analysis/metrics/bootstrap.ts";
import type { OptionValues } from "./arguments.ts";
import { parseArguments, usageError } from "./arguments.ts";
import { type Command, EXIT, type Streams } from "./command.ts";
import { type EvaluateStreams, withPage, writePlot } from "./evaluate-page.ts";
import { progressOn } from "./progress.ts";
import { writeText } from "./write-text.ts";

const BENCHMARKS = ["ecoli-knockouts", "knockouts", "ecoli-edges", "breast-inhibitors", "ecoli-fluxes", "ecoli-growth"];
const MODELS = fileURLToPath(new URL("../../models/ecoli", import.meta.url));
const CELL = fileURLToPath(new URL("../../models/ecoli/ecoli.cell.yaml", import.meta.url));
const CORE = fileURLToPath(new URL("../../sbml/ecoli-core.xml", import.meta.url));
const DEFAULT_DATA = fileURLToPath(new URL("../../../shared/data", import.meta.url));

const OPTIONS = {
  data: { type: "text" },
  cell: { type: "text" },
  pairs: { type: "text" },
  split: { type: "choice", of: ["genotype", "project", "condition"] },
  predictions: { type: "list" },
  model: { type: "list" },
  reader: { type: "text" },
  genes: { type: "flag" },
  json: { type: "text" },
  plot: { type: "text" },
  html: { type: "text" },
  csv: { type: "text" },
  bootstrap: { type: "number", integer: true, min: 1, max: 1_000_000 },
  seed: { type: "number", integer: true },
} as const;

export type EvaluateOptions = OptionValues<typeof OPTIONS>;
type Options = EvaluateOptions;

export const command: Command = {
  summary: "Measure the learned regulator against plain baselines",
  help: `
Usage: cellweave evaluate ecoli-knockouts [options]
       cellweave evaluate knockouts --data FOLDER [options]
       cellweave evaluate ecoli-edges [--data DIR] [--model LIST] [--json FILE] [--bootstrap N] [--seed N]
       cellweave evaluate breast-inhibitors [--data FILE.csv --cell FOLDER] [--json FILE] [--plot FILE]
       cellweave evaluate ecoli-fluxes [--data DIR] [--json FILE] [--bootstrap N] [--seed N]
       cellweave evaluate ecoli-growth [--data DIR] [--csv FILE] [--plot FILE] [--json FILE] [--bootstrap N] [--seed N]

ecoli-knockouts predicts the change of iModulon activities when an unseen gene of E. coli is deleted (74 conditions, 38 genotypes of
PRECISE-1K), leaving one whole genotype out at a time, and prints a table in Markdown: the plain rows, the rows of the
models in models/ecoli/evaluation, the replicate ceiling, and who wins.

knockouts is the same on your own data: FOLDER is what cellweave train wrote, with its pairs, graph and predictions.

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
  --cell FOLDER         breast-inhibitors: a fitted line, or several, of which the table's is taken; default models/breast
  --pairs FILE          predict these pairs (same columns as ko_pairs.csv), everything fitted on the data folder's own
                        pairs alone; the shipped models are asked too, unless they have seen one of the genotypes
  --split NAME          what is left out together: genotype (default) or project; or condition, one at a time,
                        the genotype's other conditions seen
  --predictions LIST    more rows: CSV files with columns genotype, condition and one for each iModulon (the predicted
                        change); NAME.card.json beside NAME.predictions.csv says what the model has seen
  --model LIST          more rows: regulators to ask (a card, a ridge .json or a folder)
  --reader DIR          ecoli-knockouts: three more rows, a reader of experiments (models/reader) with the other genotypes as
                        its context; breast-inhibitors: another reader than models/reader
  --genes               carry predictions to the expression of all genes too, and compare with what was measured
  --json FILE           the table as JSON too; - for stdout in place of the Markdown
  --plot FILE           a figure (SVG)
  --html FILE           one page with the tables and the figure
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
    const evaluate = (to: EvaluateStreams) => evaluated(positionals[0] ?? "", folder, bootstrap, options, to);
    if (options.html === undefined) return evaluate(streams);
    if (options.json === "-") throw usageError("evaluate", "--html is made of the Markdown, which --json - replaces");
    return withPage(options.html, positionals[0] ?? "", streams, evaluate);
  },
};

async function evaluated(
  benchmark: string,
  folder: string,
  bootstrap: BootstrapOptions,
  options: Options,
  streams: EvaluateStreams,
): Promise<number> {
  if (benchmark === "ecoli-edges") return edges(folder, bootstrap, options, streams);
  if (benchmark === "breast-inhibitors") return breast(folder, bootstrap, options, streams);
  if (benchmark === "ecoli-fluxes") return fluxes(folder, bootstrap, options, streams);
  if (benchmark === "ecoli-growth") return growth(folder, bootstrap, options, streams);
  const { evaluateKnockouts } = await import("./evaluate-knockouts.ts");
  await evaluateKnockouts(benchmark, folder, bootstrap, options, streams);
  return EXIT.done;
}

async function breast(
  data: string,
  bootstrap: BootstrapOptions,
  { cell, reader, json, plot }: Options,
  streams: EvaluateStreams,
) {
  const { evaluateBreast } = await import("./evaluate-breast.ts");
  await evaluateBreast({ data, cell, reader, json, plot }, bootstrap, streams);
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
  streams: EvaluateStreams,
): Promise<number> {
  const { evaluateGrowth } = await import("./evaluate-growth.ts");
  const progress = progressOn(streams, false);
  const onProgress = (done: number) => progress.update("strains of the cell", done);
  const found = await evaluateGrowth(folder, CELL, bootstrap, onProgress);
  progress.end();
  if (options.csv !== undefined) await writeText(options.csv, found.csv);
  await writePlot(options.plot, async () => found.figure, streams);
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
