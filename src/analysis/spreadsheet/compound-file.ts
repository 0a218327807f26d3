import { CellweaveError } from "../../errors.ts";

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Sector numbers from here on end a chain. */
const END = 0xfffffffa;
const DIRECTORY_ENTRY = 128;

/**
 * One stream of a compound file (the container of .xls), by name.
 * @throws CellweaveError where the bytes are no compound file, are damaged, or have no such stream of 4 kB or more
 * @see MS-CFB, sections 2.2 to 2.6
 */
export function streamOf(bytes: Uint8Array, names: readonly string[], file: string): Uint8Array {
  const refuse = (message: string) => new CellweaveError("spreadsheet/compound-file", message, { place: { file } });
  if (SIGNATURE.some((byte, k) => bytes[k] !== byte))
    throw refuse("not a compound file: expected an Excel 97-2003 workbook (.xls)");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorSize = 2 ** view.getUint16(30, true);
  const offsetOf = (sector: number) => (sector + 1) * sectorSize;
  const chain = (first: number, next: (sector: number) => number): number[] => {
    const sectors: number[] = [];
    for (let sector = first; sector < END; sector = next(sector)) {
      if (offsetOf(sector) + sectorSize > bytes.length + sectorSize || sectors.length > bytes.length / sectorSize)
        throw refuse("damaged: a chain of sectors leaves the file");
      sectors.push(sector);
    }
    return sectors;
  };
  const table = allocationTable(view, sectorSize, offsetOf);
  const read = (first: number): Uint8Array => {
    const sectors = chain(first, (sector) => table[sector] ?? END);
    const out = new Uint8Array(sectors.length * sectorSize);
    sectors.forEach((sector, k) => {
      out.set(bytes.subarray(offsetOf(sector), offsetOf(sector) + sectorSize), k * sectorSize);
    });
    return out;
  };
  const entry = findEntry(read(view.getUint32(48, true)), names);
  if (entry === undefined) throw refuse(`no stream '${names.join("' or '")}' in it`);
  if (entry.size < view.getUint32(56, true)) throw refuse(`the stream '${entry.name}' is too short to be read here`);
  return read(entry.first).subarray(0, entry.size);
}

/** Which sector follows each. */
function allocationTable(view: DataView, sectorSize: number, offsetOf: (sector: number) => number): number[] {
  const parts = Array.from({ length: 109 }, (_, k) => view.getUint32(76 + 4 * k, true));
  const perSector = sectorSize / 4 - 1;
  let more = view.getUint32(68, true);
  for (let k = 0; k < view.getUint32(72, true) && more < END; k++) {
    const from = offsetOf(more);
    for (let i = 0; i < perSector; i++) parts.push(view.getUint32(from + 4 * i, true));
    more = view.getUint32(from + 4 * perSector, true);
  }
  return parts
    .filter((sector) => sector < END)
    .flatMap((sector) =>
      Array.from({ length: sectorSize / 4 }, (_, k) => view.getUint32(offsetOf(sector) + 4 * k, true)),
    );
}

function findEntry(directory: Uint8Array, names: readonly string[]) {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const utf16 = new TextDecoder("utf-16le");
  for (let at = 0; at + DIRECTORY_ENTRY <= directory.length; at += DIRECTORY_ENTRY) {
    const length = Math.max(0, view.getUint16(at + 64, true) - 2);
    const name = utf16.decode(directory.subarray(at, at + Math.min(length, 64)));
    if (names.includes(name))
      return { name, first: view.getUint32(at + 116, true), size: view.getUint32(at + 120, true) };
  }
  return undefined;
}
