import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import type { Files } from "./files.ts";

/** What ships with the package is named from its root: `cellweave:models/ecoli/ecoli.cell.yaml`. */
const SHIPPED = "cellweave:";

/** Files of this machine; names may be paths, `file:` URLs, or `cellweave:` and a path in the package. */
export const nodeFiles: Files = {
  resolve: (base, name) => resolve(dirname(pathOf(base)), pathOf(name)),
  read: async (path) => {
    try {
      return await readFile(path);
    } catch (cause) {
      throw await unreadable(path, cause as NodeJS.ErrnoException);
    }
  },
};

function pathOf(name: string): string {
  if (name.startsWith(SHIPPED))
    return fileURLToPath(new URL(`../../../${name.slice(SHIPPED.length)}`, import.meta.url));
  return name.startsWith("file:") ? fileURLToPath(name) : name;
}

/** Why a file can't be read, in the reader's words: `file/not-found` with names like it, `file/is-folder`, `file/unreadable`. */
export async function unreadable(path: string, cause: NodeJS.ErrnoException): Promise<CellweaveError> {
  if (cause.code === "EISDIR")
    return new CellweaveError("file/is-folder", `'${path}' is a folder, not a file`, { cause });
  if (cause.code !== "ENOENT")
    return new CellweaveError("file/unreadable", `'${path}' cannot be read: ${cause.message}`, { cause });
  const beside = await readdir(dirname(path)).catch(() => undefined);
  const hint =
    beside === undefined ? `the folder '${dirname(path)}' does not exist` : didYouMean(basename(path), beside);
  return new CellweaveError("file/not-found", `file '${path}' does not exist`, {
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}
