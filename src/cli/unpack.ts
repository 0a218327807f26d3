import { gunzipSync } from "node:zlib";
import { CellweaveError } from "../errors.ts";

const GZIP = [0x1f, 0x8b];

/**
 * The text of a file that may be gzipped.
 * @param largest text that it may unfold to, bytes
 * @throws CellweaveError `file/gzip`
 */
export function unpack(file: string, bytes: Uint8Array, largest: number): string {
  if (!GZIP.every((byte, k) => bytes[k] === byte)) return Buffer.from(bytes).toString("utf8");
  try {
    return gunzipSync(bytes, { maxOutputLength: largest }).toString("utf8");
  } catch (cause) {
    throw new CellweaveError("file/gzip", `Cannot unpack the file: ${(cause as Error).message}`, {
      place: { file },
      cause,
    });
  }
}
