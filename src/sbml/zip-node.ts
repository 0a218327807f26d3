import { inflateRawSync } from "node:zlib";
import { CellweaveError } from "../errors.ts";

/** A file inside a zip archive, by its name there. */
export interface ZipEntry {
  readonly name: string;
  /** Its bytes. Throws `file/zip` where they are damaged or more than `largest`. */
  read(largest: number): Uint8Array;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** Largest comment behind the last record, and the record itself. */
const TAIL = 65_535 + 22;

/** Whether bytes begin as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes.length > 21 && view(bytes).getUint32(0, true) === LOCAL;
}

/**
 * The files of a zip archive that lies in memory; nothing is written anywhere. Names are taken as they are, except that
 * one which leads out of the archive is refused.
 * @throws CellweaveError `file/zip` for what is damaged, encrypted, of several parts or packed otherwise than deflated
 * @see PKWARE .ZIP File Format Specification, sections 4.3.7, 4.3.12, 4.3.16
 */
export function zipEntries(file: string, bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const data = view(bytes);
  const fail = (what: string): never => {
    throw new CellweaveError("file/zip", `Cannot read the archive: ${what}`, { place: { file } });
  };
  const u16 = (at: number): number => (at + 2 <= bytes.length ? data.getUint16(at, true) : fail("it ends too early"));
  const u32 = (at: number): number => (at + 4 <= bytes.length ? data.getUint32(at, true) : fail("it ends too early"));
  let end = bytes.length - 22;
  while (end >= Math.max(0, bytes.length - TAIL) && u32(end) !== END) end--;
  if (end < 0 || u32(end) !== END) fail("it has no directory");
  const entries = new Map<string, ZipEntry>();
  let at = u32(end + 16);
  for (let k = u16(end + 10); k > 0; k--) {
    if (u32(at) !== CENTRAL) fail("its directory is damaged");
    const [flags, method, packed, start] = [u16(at + 8), u16(at + 10), u32(at + 20), u32(at + 42)];
    const length = u16(at + 28);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length));
    at += 46 + length + u16(at + 30) + u16(at + 32);
    if (name.endsWith("/")) continue;
    if (leadsOut(name)) fail(`'${name}' leads out of it`);
    if ((flags & 1) === 1) fail(`'${name}' is encrypted`);
    if (method !== 0 && method !== 8) fail(`'${name}' is packed by method ${method}`);
    const read = (largest: number): Uint8Array => {
      const from = start + 30 + u16(start + 26) + u16(start + 28);
      const content = bytes.subarray(from, from + packed);
      if (u32(start) !== LOCAL || content.length < packed) fail(`'${name}' is damaged`);
      if (method === 0) return content.length <= largest ? content : fail(`'${name}' is too large`);
      try {
        return inflateRawSync(content, { maxOutputLength: largest });
      } catch (cause) {
        return fail(`'${name}': ${(cause as Error).message}`);
      }
    };
    entries.set(name, { name, read });
  }
  return entries;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function leadsOut(name: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes("..");
}
