import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CellweaveError } from "../errors.ts";

/**
 * A file of the data folder.
 * @param folder the data folder, or its `ecoli/`
 * @param name below `ecoli/` (or below the data folder itself)
 * @throws CellweaveError `evaluate/no-data` saying which file is missing and how to name the folder
 */
export async function dataFile(folder: string, name: string): Promise<{ bytes: Buffer; file: string }> {
  const places = [join(folder, "ecoli", name), join(folder, name), join(folder, "..", name)];
  const file = places.find((place) => existsSync(place)) ?? places[0] ?? name;
  try {
    return { bytes: await readFile(file), file };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new CellweaveError("evaluate/no-data", code === "ENOENT" ? `'${file}' does not exist` : message, {
      cause,
      hint: `name the folder that holds ecoli/${name} with --data DIR or CELLWEAVE_DATA`,
    });
  }
}
