import { existsSync, readFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CellweaveError } from "../../errors.ts";
import { modelOfArchive } from "../../sbml/archive-node.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { LIMITS, type ReadLimits } from "../../sbml/limits.ts";
import { readSbml } from "../../sbml/read.ts";
import { unpack } from "../../sbml/unpack-node.ts";
import { isZip } from "../../sbml/zip-node.ts";
import { unreadable } from "../../scenario/documents/files-node.ts";

/** Text of a model, with what it is called and the files that it may name. */
export interface SbmlSource {
  readonly text: string;
  readonly file: string;
  readonly external: (source: string) => string | undefined;
}

/** Reads an SBML file: plain, gzipped, or the model of a COMBINE archive. Throws as `readSource`, and the `sbml/...` errors. */
export async function readSbmlFile(file: string, limits: Partial<ReadLimits> = {}): Promise<SbmlDocument> {
  const { text, ...options } = await readSource(file, limits.characters);
  return readSbml(text, { ...options, limits });
}

/**
 * Text of a model file; one beyond `largest` bytes is not opened. Throws `file/not-found`, `file/is-folder`,
 * `file/unreadable`, `file/gzip`, `file/zip`, `file/archive`, `sbml/format` and `sbml/too-large`.
 */
export async function readSource(file: string, largest = LIMITS.characters): Promise<SbmlSource> {
  const bytes = await readBytes(file, largest);
  if (!isZip(bytes)) {
    const text = unpack(file, bytes, largest);
    refuseOtherModels(text, file);
    return { text, file, external: siblings(dirname(file)) };
  }
  const { name, text, external } = modelOfArchive(file, bytes, largest);
  return { text, file: `${file}:${name}`, external };
}

const OTHER_MODELS = [
  [/^MATLAB /, "a MAT file"],
  [/^\s*\{[\s\S]*"reactions"\s*:/, "a model in COBRA JSON"],
  [/^(?:---\s*)?!!omap\b/, "a model in COBRA YAML"],
] as const;

/** Flux balance models in other formats are named, rather than called XML that isn't well formed. */
function refuseOtherModels(text: string, file: string): void {
  const [, what] = OTHER_MODELS.find(([begin]) => begin.test(text)) ?? [];
  if (what === undefined) return;
  throw new CellweaveError("sbml/format", `this is ${what}, not SBML`, {
    place: { file },
    hint: "'cellweave summary', 'fba' and 'network' read it; this command reads SBML alone",
  });
}

/** Its text alone. Throws as `readSource`. */
export async function readText(file: string, largest = LIMITS.characters): Promise<string> {
  return (await readSource(file, largest)).text;
}

async function readBytes(file: string, largest: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > largest)
      throw new CellweaveError("sbml/too-large", `Got ${size} bytes when at most ${largest} are read`, {
        place: { file },
        hint: "raise the limit with --max-bytes where the file is trusted",
      });
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof CellweaveError) throw cause;
    throw await unreadable(file, cause as NodeJS.ErrnoException);
  }
}

/** Reads files of one folder by their bare names: what external model definitions may name. */
export function siblings(folder: string): (source: string) => string | undefined {
  return (source) => {
    const path = join(folder, basename(source));
    return basename(source) === source && existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
}
