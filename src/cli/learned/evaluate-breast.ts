import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ArmPredictions } from "../../analysis/inhibitors/arms-node.ts";
import { inhibitorJson } from "../../analysis/inhibitors/json.ts";
import { inhibitorTable } from "../../analysis/inhibitors/markdown.ts";
import { type BreastNames, parseBreastNames } from "../../analysis/inhibitors/names.ts";
import type { Prediction } from "../../analysis/inhibitors/prediction.ts";
import { type InhibitorResults, inhibitorResults } from "../../analysis/inhibitors/results.ts";
import { type InhibitorTask, inhibitorTask } from "../../analysis/inhibitors/task.ts";
import type { BootstrapOptions } from "../../analysis/metrics/bootstrap.ts";
import { CellweaveError } from "../../errors.ts";
import { type Midas, parseMidas } from "../../scenario/tables/midas.ts";
import type { Streams } from "../command.ts";
import { writeText } from "../write-text.ts";
import { type EvaluateStreams, writePlot } from "./evaluate-page.ts";

const CELLS = fileURLToPath(new URL("../../../models/breast", import.meta.url));
const READER = fileURLToPath(new URL("../../../models/reader", import.meta.url));
const NETWORK = fileURLToPath(new URL("../../../networks/growth-factor-signalling.json", import.meta.url));
const LINES = ["MCF7", "BT20", "BT549"];

export interface BreastOptions {
  /** A MIDAS file, or a folder that holds hpn-dream. */
  readonly data: string;
  /** Folder of a fitted line, or of several to choose the data's from; models/breast where absent. */
  readonly cell: string | undefined;
  /** Folder of a reader of experiments; models/reader where absent. */
  readonly reader: string | undefined;
  readonly json: string | undefined;
  readonly plot: string | undefined;
}

/** The benchmark `breast-inhibitors`: an inhibitor that no training row shows is added. */
export async function evaluateBreast(options: BreastOptions, bootstrap: BootstrapOptions, streams: EvaluateStreams) {
  const names = await readNames();
  const results: InhibitorResults[] = [];
  for (const file of await filesOf(options))
    results.push(await resultsOf(inhibitorTask(await readMidas(file), names), options, bootstrap, streams));
  const json = `${JSON.stringify(inhibitorJson(results), null, 1)}\n`;
  streams.out.write(options.json === "-" ? json : results.map(inhibitorTable).join("\n"));
  if (options.json !== undefined && options.json !== "-") await writeText(options.json, json);
  const draw = async () => (await import("../../report/figures/inhibitors.ts")).inhibitorFigure(results);
  await writePlot(options.plot, draw, streams);
  for (const file of [options.json, options.plot])
    if (file !== undefined && file !== "-") streams.err.write(`wrote ${file}\n`);
}

async function resultsOf(task: InhibitorTask, options: BreastOptions, bootstrap: BootstrapOptions, { err }: Streams) {
  const { predictions, notes } = await armsOf(task, options.cell);
  const results = inhibitorResults(task, [...predictions, ...(await readOf(task, options.reader))], bootstrap, notes);
  for (const note of results.notes) err.write(`${task.line}: ${note}\n`);
  return results;
}

/** What the line's cell predicts; of a line that doesn't ship nothing but a word, unless its cell was named. */
async function armsOf(task: InhibitorTask, cell: string | undefined): Promise<ArmPredictions> {
  const { armPredictions } = await import("../../analysis/inhibitors/arms-node.ts");
  try {
    return await armPredictions(cell ?? CELLS, task);
  } catch (error) {
    if (cell !== undefined || !(error instanceof CellweaveError) || error.code !== "scenario/line") throw error;
    return {
      predictions: [],
      notes: [`no cell of line '${task.line}' ships: plain rows and the reader alone (--cell FOLDER names one)`],
    };
  }
}

/** What a reader of experiments makes of the line's training rows. */
async function readOf(task: InhibitorTask, folder = READER): Promise<Prediction[]> {
  const { openReader } = await import("../../regulation/in-context/open-node.ts");
  const { readerRows } = await import("../../analysis/inhibitors/reader-rows.ts");
  const { regulatoryGraph } = await import("../../regulation/graph/graph.ts");
  const { parseRegulatoryFile } = await import("../../regulation/graph/graph-file.ts");
  const network = regulatoryGraph(parseRegulatoryFile(await readFile(NETWORK, "utf8"), NETWORK));
  return readerRows(await openReader(folder), task, network);
}

async function filesOf({ data, cell }: BreastOptions): Promise<string[]> {
  const found = await stat(data).catch(() => undefined);
  if (found?.isFile() === true || /\.csv$/i.test(data)) return [data];
  const files = LINES.map((line) => join(data, "hpn-dream", `MD-${line}.csv`));
  if (cell === undefined || (await severalLines(cell))) return files;
  throw new CellweaveError("cli/usage", "evaluate: --cell is of one line, and --data names no file of one line", {
    kind: "usage",
    hint: "name the line's table: --data FILE.csv",
  });
}

/** Whether a cell's manifest lists lines to choose from. */
async function severalLines(cell: string): Promise<boolean> {
  const { MANIFEST } = await import("../../analysis/inhibitors/arms-node.ts");
  const { listsLines } = await import("../../scenario/cell-manifest.ts");
  const { yamlSource } = await import("../../scenario/documents/source.ts");
  const file = join(cell, MANIFEST);
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text !== undefined && listsLines(yamlSource(text, file));
}

async function readMidas(file: string): Promise<Midas> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new CellweaveError("file/not-found", `file '${file}' does not exist`, {
      cause,
      hint: "--data FILE.csv names a MIDAS table; --data DIR or CELLWEAVE_DATA a folder that holds hpn-dream/",
    });
  });
  return parseMidas(text, file);
}

/** What tables call antibodies and treatments; beside the cells, where training reads it too. */
async function readNames(): Promise<BreastNames> {
  const file = join(CELLS, "names.json");
  return parseBreastNames(await readFile(file, "utf8"), file);
}
