import { existsSync, readFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CellweaveError } from "../errors.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import { LIMITS, type ReadLimits } from "../sbml/limits.ts";
import { readSbml } from "../sbml/read.ts";
import { unpack } from "../sbml/unpack-node.ts";

/** Reads an SBML file, plain or gzipped. Throws `file/unreadable` and the `sbml/...` errors. */
export async function readSbmlFile(file: string, limits: Partial<ReadLimits> = {}): Promise<SbmlDocument> {
  return readSbml(await readText(file, limits.characters), { file, external: siblings(dirname(file)), limits });
}

/**
 * Text of a file, plain or gzipped; one beyond `largest` bytes is not opened. Throws `file/unreadable`, `file/gzip` and
 * `sbml/too-large`.
 */
export async function readText(file: string, largest = LIMITS.characters): Promise<string> {
  const place = { file };
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > largest)
      throw new CellweaveError("sbml/too-large", `Got ${size} bytes when at most ${largest} are read`, {
        place,
        hint: "raise the limit with --max-bytes where the file is trusted",
      });
    bytes = await readFile(file);
  } catch (cause) {
    if (cause instanceof CellweaveError) throw cause;
    throw new CellweaveError("file/unreadable", `Cannot read the file: ${(cause as Error).message}`, { place, cause });
  }
  return unpack(file, bytes, largest);
}

/** Reads files of one folder by their bare names: what external model definitions may name. */
export function siblings(folder: string): (source: string) => string | undefined {
  return (source) => {
    const path = join(folder, basename(source));
    return basename(source) === source && existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
}
