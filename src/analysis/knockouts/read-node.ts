import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CellweaveError } from "../../errors.ts";
import { parseActivities } from "./activities.ts";
import { parseIModulons } from "./imodulons.ts";
import { type KnockoutPair, parsePairs } from "./pairs.ts";
import type { KnockoutData } from "./task.ts";

/** Files of the benchmark below the data folder's `ecoli/`. */
const FILES = { activities: "precise1k/A.csv", iModulons: "precise1k/imodulon_table.csv", pairs: "ko_pairs.csv" };

/**
 * Reads the benchmark's data.
 * @param folder the data folder: `ecoli/` below it, or itself, holds `precise1k/` and `ko_pairs.csv`
 * @throws CellweaveError `evaluate/no-data` saying which file is missing and how to name the folder
 */
export async function readKnockoutData(folder: string): Promise<KnockoutData> {
  const root = existsSync(join(folder, "ecoli")) ? join(folder, "ecoli") : folder;
  const read = (name: string): Promise<string> =>
    readFile(join(root, name), "utf8").catch((cause: NodeJS.ErrnoException) => {
      const message = cause.code === "ENOENT" ? `'${join(root, name)}' does not exist` : cause.message;
      throw new CellweaveError("evaluate/no-data", message, {
        cause,
        hint: "name the folder that holds ecoli/precise1k and ecoli/ko_pairs.csv with --data DIR or CELLWEAVE_DATA",
      });
    });
  const [activities, iModulons, pairs] = await Promise.all([
    read(FILES.activities),
    read(FILES.iModulons),
    read(FILES.pairs),
  ]);
  return {
    activities: parseActivities(activities, join(root, FILES.activities)),
    iModulons: parseIModulons(iModulons, join(root, FILES.iModulons)),
    pairs: parsePairs(pairs, join(root, FILES.pairs)),
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
