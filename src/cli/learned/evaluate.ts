import { fileURLToPath } from "node:url";
import { parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { BENCHMARKS } from "./evaluate-benchmarks.ts";
import { EVALUATE_OPTIONS } from "./evaluate-options.ts";
import { type EvaluateStreams, withPage } from "./evaluate-page.ts";

const DEFAULT_DATA = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

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
  --reader DIR          ecoli-knockouts: more rows, a reader of experiments (models/reader) with the other genotypes as
                        its context; breast-inhibitors: another reader than models/reader
  --against NAME        ecoli-knockouts, knockouts: compare every row with this one too, over the same draws
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
    const { options, positionals } = parseArguments("evaluate", args, EVALUATE_OPTIONS, expected);
    const [benchmark = ""] = positionals;
    const run = await benchmarkOf(benchmark);
    const folder = options.data ?? process.env.CELLWEAVE_DATA ?? DEFAULT_DATA;
    const bootstrap = { resamples: options.bootstrap ?? 2000, seed: options.seed ?? 1 };
    const evaluate = async (to: EvaluateStreams) => {
      await run({ benchmark, folder, bootstrap, options, streams: to });
      return EXIT.done;
    };
    if (options.html === undefined) return evaluate(streams);
    if (options.json === "-") throw usageError("evaluate", "--html is made of the Markdown, which --json - replaces");
    return withPage(options.html, benchmark, streams, evaluate);
  },
};

async function benchmarkOf(name: string) {
  const found = BENCHMARKS.get(name);
  if (found !== undefined) return found;
  const { CellweaveError } = await import("../../errors.ts");
  const { didYouMean } = await import("../../suggest.ts");
  throw new CellweaveError("cli/usage", `evaluate: unknown benchmark '${name}'`, {
    kind: "usage",
    hint: didYouMean(name, BENCHMARKS.keys()) ?? `the benchmarks are ${[...BENCHMARKS.keys()].join(", ")}`,
  });
}
