import { gunzipSync } from "node:zlib";
import { CellweaveError } from "../errors.ts";

const GZIP = [0x1f, 0x8b];

/**
 * The bytes of a file that may be gzipped.
 * @param largest that it may unfold to, bytes
 * @throws CellweaveError `file/gzip`
 */
export function unpackBytes(file: string, bytes: Uint8Array, largest: number): Uint8Array {
  if (!GZIP.every((byte, k) => bytes[k] === byte)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largest });
  } catch (cause) {
    throw new CellweaveError("file/gzip", `Cannot unpack the file: ${(cause as Error).message}`, {
      place: { file },
      cause,
    });
  }
}

/** Its text. @throws CellweaveError `file/gzip` */
export function unpack(file: string, bytes: Uint8Array, largest: number): string {
  return Buffer.from(unpackBytes(file, bytes, largest)).toString("utf8");
}
