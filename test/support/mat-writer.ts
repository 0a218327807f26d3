import { deflateSync } from "node:zlib";

/** A value to write into a MAT file: a column of numbers, a sparse matrix, text, a cell array of texts, a struct. */
export type MatInput =
  | readonly number[]
  | string
  | { readonly sparse: readonly (readonly number[])[] }
  | { readonly cells: readonly string[] }
  | { readonly struct: Readonly<Record<string, MatInput>> };

export interface MatOptions {
  readonly compressed?: boolean;
  readonly bigEndian?: boolean;
}

/** A MAT file of level 5 with one variable, written from the format's description. */
export function matFile(name: string, value: MatInput, { compressed = false, bigEndian = false }: MatOptions = {}) {
  const write = writer(!bigEndian);
  const matrix = write.matrix(name, value);
  const header = Buffer.alloc(128, " ");
  header.write("MATLAB 5.0 MAT-file, written by a test");
  header.fill(0, 116, 124);
  if (bigEndian) header.writeUInt16BE(0x0100, 124);
  else header.writeUInt16LE(0x0100, 124);
  header.write(bigEndian ? "MI" : "IM", 126);
  if (!compressed) return Buffer.concat([header, matrix]);
  const packed = deflateSync(matrix);
  return Buffer.concat([header, write.words([15, packed.length]), packed]);
}

function writer(littleEndian: boolean) {
  const numeric = (size: number, values: readonly number[], put: (view: DataView, at: number, v: number) => void) => {
    const bytes = Buffer.alloc(size * values.length);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    values.forEach((v, k) => {
      put(view, k * size, v);
    });
    return bytes;
  };
  const words = (values: readonly number[]) => numeric(4, values, (view, at, v) => view.setInt32(at, v, littleEndian));
  const doubles = (values: readonly number[]) =>
    numeric(8, values, (view, at, v) => view.setFloat64(at, v, littleEndian));
  /** Of at most 4 bytes in the small form, as MATLAB does. */
  const element = (type: number, data: Buffer): Buffer => {
    if (data.length > 0 && data.length <= 4) {
      const tag = words([(data.length << 16) | type]);
      return Buffer.concat([tag, data, Buffer.alloc(4 - data.length)]);
    }
    return Buffer.concat([words([type, data.length]), data, Buffer.alloc((8 - (data.length % 8)) % 8)]);
  };
  const array = (kind: number, dimensions: readonly number[], name: string, ...parts: readonly Buffer[]) =>
    element(
      14,
      Buffer.concat([
        element(6, words([kind, 0])),
        element(5, words(dimensions)),
        element(1, Buffer.from(name)),
        ...parts,
      ]),
    );
  const text = (name: string, value: string) =>
    array(4, [value === "" ? 0 : 1, value.length], name, element(16, Buffer.from(value)));
  const sparse = (name: string, rows: readonly (readonly number[])[]) => {
    const width = rows[0]?.length ?? 0;
    const at: number[] = [];
    const values: number[] = [];
    const starts = [0];
    for (let j = 0; j < width; j++) {
      rows.forEach((row, i) => {
        const value = row[j] ?? 0;
        if (value === 0) return;
        at.push(i);
        values.push(value);
      });
      starts.push(at.length);
    }
    const parts = [element(5, words(at)), element(5, words(starts)), element(9, doubles(values))];
    return array(5, [rows.length, width], name, ...parts);
  };
  const struct = (name: string, fields: Readonly<Record<string, MatInput>>) => {
    const names = Object.keys(fields).map((field) => Buffer.concat([Buffer.from(field)], 32));
    const values = Object.values(fields).map((value) => matrix("", value));
    return array(2, [1, 1], name, element(5, words([32])), element(1, Buffer.concat(names)), ...values);
  };
  const matrix = (name: string, value: MatInput): Buffer => {
    if (typeof value === "string") return text(name, value);
    if ("sparse" in value) return sparse(name, value.sparse);
    if ("struct" in value) return struct(name, value.struct);
    if ("cells" in value) return array(1, [value.cells.length, 1], name, ...value.cells.map((cell) => text("", cell)));
    return array(6, [value.length, 1], name, element(9, doubles(value)));
  };
  return { words, matrix };
}
