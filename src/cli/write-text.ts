import { CellweaveError } from "../errors.ts";

/** Writes a file that a user named, text or bytes. Throws `file/unwritable`. */
export async function writeText(file: string, text: string | Uint8Array): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw new CellweaveError("file/unwritable", `Cannot write the file: ${(cause as Error).message}`, {
      place: { file },
      hint: "name a file in a folder that is there and may be written to",
      cause,
    });
  }
}
