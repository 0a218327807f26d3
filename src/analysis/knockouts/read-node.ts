import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { CellweaveError } from "../../errors.ts";
import { parseActivities } from "./activities.ts";
import { type GeneTable, parseGeneNames, parseGeneTable } from "./gene-table.ts";
import { parseIModulons } from "./imodulons.ts";
import { type KnockoutPair, parsePairs } from "./pairs.ts";
import type { KnockoutData } from "./task.ts";

/** Where a task's tables lie in its folder. */
export interface KnockoutFiles {
  readonly activities: string;
  readonly iModulons: string;
  readonly pairs: string;
}

/** Files of the benchmark below the data folder's `ecoli/`. */
const FILES = {
  activities: "precise1k/A.csv",
  iModulons: "precise1k/imodulon_table.csv",
  pairs: "ko_pairs.csv",
  expression: "gene_log_tpm.csv.gz",
  genes: "precise1k/gene_info.csv",
};

/** Files of a folder written by `cellweave train`. */
export const OWN_FILES: KnockoutFiles = {
  activities: "task/activities.csv",
  iModulons: "task/variables.csv",
  pairs: "task/pairs.csv",
};

function rootOf(folder: string): string {
  return existsSync(join(folder, "ecoli")) ? join(folder, "ecoli") : folder;
}

async function read(root: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(root, name));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new CellweaveError("evaluate/no-data", code === "ENOENT" ? `'${join(root, name)}' does not exist` : message, {
      cause,
      hint: name.startsWith("task/")
        ? "name a folder written by cellweave train with --data DIR"
        : "name the folder that holds ecoli/precise1k and ecoli/ko_pairs.csv with --data DIR or CELLWEAVE_DATA",
    });
  }
}

/**
 * Reads the benchmark's data.
 * @param folder the data folder: `ecoli/` below it, or itself, holds `precise1k/` and `ko_pairs.csv`
 * @throws CellweaveError `evaluate/no-data` saying which file is missing and how to name the folder
 */
export async function readKnockoutData(folder: string, files: KnockoutFiles = FILES): Promise<KnockoutData> {
  const root = rootOf(folder);
  const text = async (name: string): Promise<string> => (await read(root, name)).toString("utf8");
  // One after the other, so that the same file is named whatever the disk does.
  const activities = await text(files.activities);
  const iModulons = await text(files.iModulons);
  const pairs = await text(files.pairs);
  return {
    activities: parseActivities(activities, join(root, files.activities)),
    iModulons: parseIModulons(iModulons, join(root, files.iModulons)),
    pairs: parsePairs(pairs, join(root, files.pairs)),
  };
}

/**
 * Reads a table of pairs.
 * @throws CellweaveError `evaluate/no-pairs` where the file can't be read
 */
export async function readPairs(file: string): Promise<KnockoutPair[]> {
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const message = cause.code === "ENOENT" ? `'${file}' does not exist` : cause.message;
    throw new CellweaveError("evaluate/no-pairs", message, {
      cause,
      hint: "a table of pairs has the columns genotype, condition, project, ko_samples, wt_samples",
    });
  });
  return parsePairs(text, file);
}

/** Reads measured expression of genes and the b-numbers of gene names. */
export async function readGeneLevel(folder: string): Promise<{ table: GeneTable; locusOf: Map<string, string> }> {
  const root = rootOf(folder);
  const zipped = await read(root, FILES.expression);
  const info = await read(root, FILES.genes);
  return {
    table: parseGeneTable(gunzipSync(zipped).toString("utf8"), join(root, FILES.expression)),
    locusOf: parseGeneNames(info.toString("utf8"), join(root, FILES.genes)),
  };
}
