import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CellweaveError } from "../errors.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import { LIMITS } from "../sbml/limits.ts";
import { readSbml } from "../sbml/read.ts";
import { unpack } from "../sbml/unpack-node.ts";

/** Reads an SBML file, plain or gzipped. Throws `file/unreadable` and the `sbml/...` errors. */
export async function readSbmlFile(file: string): Promise<SbmlDocument> {
  return readSbml(await readText(file), { file, external: siblings(dirname(file)) });
}

/** Text of a file, plain or gzipped. Throws `file/unreadable` and `file/gzip`. */
export async function readText(file: string): Promise<string> {
  const place = { file };
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new CellweaveError("file/unreadable", `Cannot read the file: ${(cause as Error).message}`, { place, cause });
  }
  return unpack(file, bytes, LIMITS.characters);
}

/** Reads files of one folder by their bare names: what external model definitions may name. */
export function siblings(folder: string): (source: string) => string | undefined {
  return (source) => {
    const path = join(folder, basename(source));
    return basename(source) === source && existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
}
