import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inhibitorJson } from "../analysis/inhibitors/json.ts";
import { inhibitorTable } from "../analysis/inhibitors/markdown.ts";
import { type InhibitorResults, inhibitorResults } from "../analysis/inhibitors/results.ts";
import { inhibitorTask } from "../analysis/inhibitors/task.ts";
import type { BootstrapOptions } from "../analysis/metrics/bootstrap.ts";
import { CellweaveError } from "../errors.ts";
import { type Midas, parseMidas } from "../scenario/midas.ts";
import type { Streams } from "./command.ts";
import { writeText } from "./write-text.ts";

const CELLS = fileURLToPath(new URL("../../models/breast", import.meta.url));
const LINES = ["MCF7", "BT20", "BT549"];

export interface BreastOptions {
  /** A MIDAS file, or a folder that holds hpn-dream. */
  readonly data: string;
  /** Folder of a fitted line; the line's in models/breast where absent. */
  readonly cell: string | undefined;
  readonly json: string | undefined;
  readonly plot: string | undefined;
}

/** The benchmark `breast-inhibitors`: an inhibitor that no training row shows is added. */
export async function evaluateBreast(options: BreastOptions, bootstrap: BootstrapOptions, streams: Streams) {
  const results: InhibitorResults[] = [];
  for (const file of await filesOf(options))
    results.push(await resultsOf(await readMidas(file), options, bootstrap, streams));
  const json = `${JSON.stringify(inhibitorJson(results), null, 1)}\n`;
  streams.out.write(options.json === "-" ? json : results.map(inhibitorTable).join("\n"));
  if (options.json !== undefined && options.json !== "-") await writeText(options.json, json);
  if (options.plot !== undefined) {
    const { inhibitorFigure } = await import("../report/figure-inhibitors.ts");
    await writeText(options.plot, inhibitorFigure(results).svg);
  }
  for (const file of [options.json, options.plot])
    if (file !== undefined && file !== "-") streams.err.write(`wrote ${file}\n`);
}

async function resultsOf(midas: Midas, { cell }: BreastOptions, bootstrap: BootstrapOptions, { err }: Streams) {
  const task = inhibitorTask(midas);
  const folder = cell ?? join(CELLS, task.line);
  if (cell === undefined && !existsSync(folder)) {
    err.write(`no cell of line '${task.line}' ships: plain rows alone (--cell FOLDER names one)\n`);
    return inhibitorResults(task, [], bootstrap);
  }
  const { armPredictions } = await import("../analysis/inhibitors/arms-node.ts");
  const { predictions, notes } = await armPredictions(folder, task);
  for (const note of notes) err.write(`${task.line}: ${note}\n`);
  return inhibitorResults(task, predictions, bootstrap);
}

async function filesOf({ data, cell }: BreastOptions): Promise<string[]> {
  const found = await stat(data).catch(() => undefined);
  if (found?.isFile() === true || /\.csv$/i.test(data)) return [data];
  const files = LINES.map((line) => join(data, "hpn-dream", `MD-${line}.csv`));
  if (cell === undefined) return files;
  throw new CellweaveError("cli/usage", "evaluate: --cell is of one line, and --data names no file of one line", {
    kind: "usage",
    hint: "name the line's table: --data FILE.csv",
  });
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
