import { fileURLToPath } from "node:url";
import { CellweaveError } from "../../errors.ts";
import type { Experiments, Intervention } from "../../regulation/in-context/experiments.ts";
import type { Predictor } from "../../regulation/in-context/predictors.ts";
import { type OptionValues, parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { progressOn } from "../progress.ts";

const MODEL = fileURLToPath(new URL("../../../models/reader", import.meta.url));

const OPTIONS = {
  experiments: { type: "text" },
  graph: { type: "text" },
  knockout: { type: "list" },
  knockdown: { type: "list" },
  overexpression: { type: "list" },
  inhibition: { type: "list" },
  clamp: { type: "list" },
  project: { type: "text" },
  predictor: { type: "text" },
  model: { type: "text" },
  seed: { type: "number", integer: true },
  json: { type: "text" },
  csv: { type: "text" },
  plot: { type: "figure" },
  quiet: { type: "flag", short: "q" },
} as const;

type Options = OptionValues<typeof OPTIONS>;

export const command: Command = {
  summary: "Predict an unseen knockout or drug from a table of your own experiments",
  help: `
Usage: cellweave predict --experiments FILE [--graph FILE] [--knockout A,B] [--inhibition A:0.9] [options]

Reads a table of experiments and predicts one that isn't in it. Nothing is trained: a transformer reads the experiments
as they are, beside plain predictors. Each is first tried on the experiments themselves, one set of interventions left
out at a time; a stack of all, weighted by that, answers, unless one of them is better by more than 2.5 standard errors.
Without an intervention only that table is printed.

The table (CSV): first column a name; columns knockout, knockdown, overexpression, inhibition, clamp say what was done
(geneA+geneB, or with an amount geneA:0.5; empty for a control); project, where given, names experiments that share a
control; every other column is a variable. Replicates are averaged. Empty cells are missing. At least one control.
Cells may be separated by semicolons or tabs. Amounts are never negative: with negative values it is read as log2.
Times: one project each, with its own control; a column of times is refused.

Options:
  --experiments FILE     the table
  --graph FILE           edges as CSV (source, target, sign: +, -, ?) or a regulatory graph (.json); regulators
                         that are no variables count too
  --knockout LIST        genes lost together in the query
  --knockdown LIST       gene:SHARE, the share of production lost, 0 to 1
  --overexpression LIST  gene:AMOUNT added, in the table's unit
  --inhibition LIST      protein:SHARE, the share of its activity lost while it may itself rise or fall
  --clamp LIST           variable:VALUE, held there
  --project NAME         whose control the change is against; default the controls of all
  --predictor NAME       answer with this one, best or not; the names are those of the table
  --model DIR            another reader of experiments (reader.card.json, encode.onnx, answer.onnx)
  --json FILE, --csv FILE  the prediction in full; - for stdout
  --plot FILE            its largest changes with intervals (SVG)
  --seed N               of the bootstrap, default 1
  -q, --quiet            no progress

Each prediction comes with a 90 % interval calibrated on your experiments, and says IN, EDGE or OUT: whether they bear
on the question. OUT: where sets left out were OUT too, their errors say how wide intervals are; else the best plain
predictor answers, with intervals twice as wide.

Example:
  cellweave predict --experiments data.csv --graph edges.csv --knockout G3,G7
`,
  async run(args, streams) {
    const { options } = parseArguments("predict", args, OPTIONS);
    const { experiments, edges, notes } = await readInputs(options);
    for (const line of notes) streams.err.write(`${line}\n`);
    const interventions = await asked(options, experiments);
    if (interventions.length === 0) refuseWithoutQuestion(options);
    const { trial } = await import("../../analysis/experiments/trial.ts");
    const progress = progressOn(streams, options.quiet === true);
    const onProgress = (share: number): void => progress.update("each perturbation left out in turn", share);
    const { predictor, seed = 1 } = options;
    const predictors = await predictorsOf(options);
    onProgress(0);
    const found = await trial(experiments, edges, predictors, { predictor, seed, onProgress });
    progress.end();
    const query = { interventions, project: options.project ?? "" };
    const { predictQuery } = await import("../../analysis/experiments/predict.ts");
    const prediction = interventions.length === 0 ? undefined : await predictQuery(experiments, edges, query, found);
    const { write } = await import("./predict-output.ts");
    await write({ ...found, prediction, interventions }, options, streams);
    return EXIT.done;
  },
};

/** Without an intervention there is no prediction to write. */
function refuseWithoutQuestion({ csv, plot }: Options): void {
  const option = plot !== undefined ? "plot" : csv !== undefined ? "csv" : undefined;
  if (option === undefined) return;
  throw new CellweaveError("cli/usage", `predict: '--${option}' needs something to predict`, {
    kind: "usage",
    hint: "name an intervention: --knockout A, --inhibition A:0.9, ...; the table of predictors is in --json",
  });
}

async function readInputs(options: Options) {
  const { readFile } = await import("node:fs/promises");
  const { parseExperiments } = await import("../../scenario/experiments/read-table.ts");
  const { doubtsOf } = await import("../../scenario/experiments/doubts.ts");
  const { parseGraph } = await import("../../scenario/experiments/read-graph.ts");
  const { differsInCase, edgesOnTable } = await import("../../regulation/in-context/signed-edges.ts");
  const { unreadable } = await import("../../scenario/documents/files-node.ts");
  const text = (file: string): Promise<string> =>
    readFile(file, "utf8").catch(async (cause: NodeJS.ErrnoException) => {
      throw await unreadable(file, cause);
    });
  const file = options.experiments;
  if (file === undefined)
    throw new CellweaveError("cli/usage", "predict: --experiments FILE is missing", {
      kind: "usage",
      hint: "see 'cellweave predict --help' for what the table looks like",
    });
  const experiments = parseExperiments(await text(file), file);
  const graph =
    options.graph === undefined ? [] : parseGraph(await text(options.graph), options.graph, experiments.variables);
  const edges = edgesOnTable(graph, experiments.variables);
  if (graph.length > 0 && edges.outside.size === 0 && edges.matrix.every((weight) => weight === 0))
    throw new CellweaveError("edges/no-overlap", "no edge of the graph ends at a variable of the table", {
      place: { file: options.graph ?? "" },
      hint:
        differsInCase(graph, experiments.variables) ??
        `the table's variables are ${experiments.variables.slice(0, 6).join(", ")}, ...`,
    });
  return {
    experiments,
    edges,
    notes: doubtsOf(experiments, new Set([...edges.outside.keys(), ...edges.beyond.keys()])),
  };
}

async function asked(options: Options, { variables, conditions }: Experiments): Promise<Intervention[]> {
  const { INTERVENTION_COLUMNS, parseInterventions } = await import(
    "../../scenario/experiments/parse-interventions.ts"
  );
  const projects = new Set(conditions.map(({ project }) => project));
  if (options.project !== undefined && !projects.has(options.project))
    throw new CellweaveError("cli/usage", `predict: the table has no project '${options.project}'`, {
      kind: "usage",
      hint: `its projects are ${[...projects].join(", ")}`,
    });
  const interventions = INTERVENTION_COLUMNS.flatMap((kind) =>
    (options[kind] ?? []).flatMap((item) => parseInterventions(kind, item, { names: variables })),
  );
  const { didYouMean } = await import("../../suggest.ts");
  for (const { target, kind } of interventions) {
    if (kind !== "clamp" || variables.includes(target)) continue;
    throw new CellweaveError("cli/usage", `predict: '${target}' can't be clamped: it is no variable of the table`, {
      kind: "usage",
      hint: didYouMean(target, variables) ?? "clamp a variable, or knock the gene out",
    });
  }
  return interventions;
}

async function predictorsOf(options: Options): Promise<Predictor[]> {
  const { allPredictors } = await import("../../regulation/in-context/predictors.ts");
  const { openReader } = await import("../../regulation/in-context/open-node.ts");
  return allPredictors(await openReader(options.model ?? MODEL));
}
