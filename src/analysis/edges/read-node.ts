import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { CellweaveError } from "../../errors.ts";
import { parseGeneNames, parseGeneTable } from "../knockouts/gene-table.ts";
import { type EdgeTask, edgeTask, expressionOf, geneStarts } from "./edge-task.ts";

/** The task with what the plain rows need. */
export interface EdgeData {
  readonly task: EdgeTask;
  readonly starts: ReadonlyMap<string, number>;
  readonly expression: ReadonlyMap<string, Float64Array>;
}

/**
 * Reads the network, gene positions and expression.
 * @param folder the data folder: `ecoli/` below it, or itself, holds `precise1k/` and `gene_log_tpm.csv.gz`
 * @throws CellweaveError `evaluate/no-data` saying which file is missing
 */
export async function readEdgeData(folder: string): Promise<EdgeData> {
  const root = existsSync(join(folder, "ecoli")) ? join(folder, "ecoli") : folder;
  const read = (name: string): Promise<Buffer> =>
    readFile(join(root, name)).catch((cause: NodeJS.ErrnoException) => {
      const message = cause.code === "ENOENT" ? `'${join(root, name)}' does not exist` : cause.message;
      throw new CellweaveError("evaluate/no-data", message, {
        cause,
        hint: "name the folder that holds ecoli/precise1k with --data DIR or CELLWEAVE_DATA",
      });
    });
  const network = await read("precise1k/TRN.csv");
  const info = await read("precise1k/gene_info.csv");
  const zipped = await read("gene_log_tpm.csv.gz");
  const genes = info.toString("utf8");
  const table = parseGeneTable(gunzipSync(zipped).toString("utf8"), join(root, "gene_log_tpm.csv.gz"));
  const names = parseGeneNames(genes, join(root, "precise1k/gene_info.csv"));
  return {
    task: edgeTask(network.toString("utf8"), join(root, "precise1k/TRN.csv"), table.genes, names),
    starts: geneStarts(genes, join(root, "precise1k/gene_info.csv")),
    expression: expressionOf(table),
  };
}
