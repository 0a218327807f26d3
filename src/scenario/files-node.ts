import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CellweaveError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";
import type { Files } from "./files.ts";

/** Files of this machine; names may be paths or `file:` URLs. */
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
  return name.startsWith("file:") ? fileURLToPath(name) : name;
}

async function unreadable(path: string, cause: NodeJS.ErrnoException): Promise<CellweaveError> {
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
