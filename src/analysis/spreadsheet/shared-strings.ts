/**
 * The shared strings of a workbook.
 * @param chunks the record's bytes, and those of the records that continue it
 * @see MS-XLS, sections 2.4.265 and 2.5.293
 */
export function sharedStrings(chunks: readonly Uint8Array[]): string[] {
  const reader = chunkReader(chunks);
  reader.skip(4);
  const count = reader.number(4);
  const strings: string[] = [];
  while (strings.length < count && !reader.done()) {
    const length = reader.number(2);
    const flags = reader.number(1);
    const runs = (flags & 8) === 0 ? 0 : reader.number(2);
    const extra = (flags & 4) === 0 ? 0 : reader.number(4);
    strings.push(reader.text(length, (flags & 1) === 1));
    reader.skip(4 * runs + extra);
  }
  return strings;
}

function chunkReader(chunks: readonly Uint8Array[]) {
  let chunk = 0;
  let at = 0;
  const atEnd = () => at >= (chunks[chunk]?.length ?? 0);
  const next = (): void => {
    chunk++;
    at = 0;
  };
  const byte = (): number => {
    while (atEnd() && chunk < chunks.length) next();
    return chunks[chunk]?.[at++] ?? 0;
  };
  return {
    done: () => chunk >= chunks.length || (chunk === chunks.length - 1 && atEnd()),
    /** Little-endian. */
    number: (bytes: number) => {
      let value = 0;
      for (let k = 0; k < bytes; k++) value += byte() * 2 ** (8 * k);
      return value;
    },
    skip: (bytes: number) => {
      for (let k = 0; k < bytes; k++) byte();
    },
    /** Characters; where a chunk ends among them, the next one begins with a byte that says how wide they are there. */
    text: (length: number, wide: boolean) => {
      let isWide = wide;
      let out = "";
      for (let k = 0; k < length; k++) {
        if (atEnd() && chunk + 1 < chunks.length) {
          next();
          isWide = (byte() & 1) === 1;
        }
        const low = byte();
        out += String.fromCharCode(isWide ? low + 256 * byte() : low);
      }
      return out;
    },
  };
}
