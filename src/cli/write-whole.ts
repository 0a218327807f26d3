import { randomUUID } from "node:crypto";
import { CellweaveError } from "../errors.ts";

/**
 * Writes a file that a user named: aside and then renamed, so that it is there whole or not at all.
 * @param force whether a file that is there is replaced
 * @throws CellweaveError `file/exists`, `file/unwritable`
 */
export async function writeWhole(file: string, content: string | Uint8Array, force: boolean): Promise<void> {
  const { rename, rm, writeFile } = await import("node:fs/promises");
  if (!force && (await isThere(file)))
    throw new CellweaveError("file/exists", "The file is already there", {
      kind: "usage",
      place: { file },
      hint: "add --force to replace it, or name another with -o",
    });
  const aside = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    await writeFile(aside, content);
    await rename(aside, file);
  } catch (cause) {
    await rm(aside, { force: true });
    throw new CellweaveError("file/unwritable", `Cannot write the file: ${(cause as Error).message}`, {
      place: { file },
      hint: "name a file in a folder that is there and may be written to",
      cause,
    });
  }
}

async function isThere(file: string): Promise<boolean> {
  const { access } = await import("node:fs/promises");
  return access(file).then(
    () => true,
    () => false,
  );
}
