import { CellweaveError } from "../../../errors.ts";

/** Data types of elements. @see MAT-File Format (MathWorks), level 5, table 1-1 */
export const MI = { matrix: 14, compressed: 15, utf8: 16, utf16: 17, utf32: 18 } as const;

/** One data element: its type, and a view of its bytes. */
export interface Element {
  readonly type: number;
  readonly data: DataView;
}

/** Unpacks zlib data; Node's and the browser's are not the same, so the caller brings it. */
export type Inflate = (bytes: Uint8Array) => Uint8Array;

/** What readers need of the file. */
export interface MatSource {
  readonly littleEndian: boolean;
  readonly inflate: Inflate;
  readonly file: string | undefined;
}

/** What is wrong with a MAT file. */
export function matFault({ file }: Pick<MatSource, "file">, message: string, hint?: string): CellweaveError {
  return new CellweaveError("metabolism/mat", message, {
    ...(file === undefined ? {} : { place: { file } }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The elements that follow each other in `data`, one after the other; compressed ones unpacked. */
export function* elements(data: DataView, source: MatSource): Generator<Element> {
  let at = 0;
  while (at + 8 <= data.byteLength) {
    const first = data.getUint32(at, source.littleEndian);
    const small = first >>> 16;
    const length = small > 0 ? small : data.getUint32(at + 4, source.littleEndian);
    const start = small > 0 ? at + 4 : at + 8;
    if (small > 4 || start + length > data.byteLength)
      throw matFault(source, `the file is cut short or broken: an element of ${length} bytes does not fit`);
    const type = small > 0 ? first & 0xffff : first;
    const inner = new DataView(data.buffer, data.byteOffset + start, length);
    if (type === MI.compressed) yield* elements(unpacked(inner, source), source);
    else yield { type, data: inner };
    const padded = type === MI.compressed ? length : 8 * Math.ceil(length / 8);
    at = small > 0 ? at + 8 : start + padded;
  }
  if (at < data.byteLength) throw matFault(source, "the file is cut short or broken: it ends inside an element");
}

function unpacked(data: DataView, source: MatSource): DataView {
  try {
    const bytes = source.inflate(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (cause) {
    throw matFault(source, `a compressed element cannot be unpacked: ${(cause as Error).message}`);
  }
}

type Reader = (data: DataView, at: number, littleEndian: boolean) => number;

const NUMBERS: ReadonlyMap<number, { readonly size: number; readonly read: Reader }> = new Map([
  [1, { size: 1, read: (d, i) => d.getInt8(i) }],
  [2, { size: 1, read: (d, i) => d.getUint8(i) }],
  [3, { size: 2, read: (d, i, le) => d.getInt16(i, le) }],
  [4, { size: 2, read: (d, i, le) => d.getUint16(i, le) }],
  [5, { size: 4, read: (d, i, le) => d.getInt32(i, le) }],
  [6, { size: 4, read: (d, i, le) => d.getUint32(i, le) }],
  [7, { size: 4, read: (d, i, le) => d.getFloat32(i, le) }],
  [9, { size: 8, read: (d, i, le) => d.getFloat64(i, le) }],
  [12, { size: 8, read: (d, i, le) => Number(d.getBigInt64(i, le)) }],
  [13, { size: 8, read: (d, i, le) => Number(d.getBigUint64(i, le)) }],
]);

/** The numbers of an element, whatever type they are stored as. */
export function numbersOf({ type, data }: Element, source: MatSource): Float64Array {
  const kind = NUMBERS.get(type);
  if (kind === undefined) throw matFault(source, `expected numbers, got an element of type ${type}`);
  const { size, read } = kind;
  return Float64Array.from({ length: Math.floor(data.byteLength / size) }, (_, k) =>
    read(data, k * size, source.littleEndian),
  );
}

/** The characters of an element, in the order they are stored. */
export function charactersOf(element: Element, source: MatSource): string[] {
  const { type, data } = element;
  if (type === MI.utf8) return [...new TextDecoder().decode(data)];
  const units = type === MI.utf16 ? 4 : type === MI.utf32 ? 6 : type;
  return Array.from(numbersOf({ type: units, data }, source), (code) => String.fromCodePoint(code));
}
