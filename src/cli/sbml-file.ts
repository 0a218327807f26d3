import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { CellweaveError } from "../errors.ts";
import type { SbmlDocument } from "../sbml/document.ts";
import { LIMITS } from "../sbml/limits.ts";
import { readSbml } from "../sbml/read.ts";

/** Reads an SBML file, plain or gzipped. Throws `file/unreadable` and the `sbml/...` errors. */
export async function readSbmlFile(file: string): Promise<SbmlDocument> {
  return readSbml(await readText(file), { file });
}

async function readText(file: string): Promise<string> {
  const place = { file };
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new CellweaveError("file/unreadable", `Cannot read the file: ${(cause as Error).message}`, { place, cause });
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes, { maxOutputLength: LIMITS.characters }).toString("utf8");
  } catch (cause) {
    throw new CellweaveError("file/gzip", `Cannot unpack the file: ${(cause as Error).message}`, { place, cause });
  }
}
