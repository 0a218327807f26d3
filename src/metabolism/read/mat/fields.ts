import type { MatValue } from "./array.ts";
import { matFault } from "./element.ts";

/** Fields of a struct, read by name and checked for length. */
export interface Fields {
  readonly file: string | undefined;
  /** Whether a field is there and holds something: `[]` is how MATLAB leaves one out. */
  has(name: string): boolean;
  /** A column of numbers. @throws CellweaveError where it isn't one, or has another length */
  numbers(name: string, length?: number): Float64Array;
  /** A column of texts. @throws CellweaveError where it isn't one, or has another length */
  texts(name: string, length?: number): string[];
  /** A text, or undefined where the field is absent. */
  text(name: string): string | undefined;
  value(name: string): MatValue;
}

/** The fields of a model struct; reading one that is missing or of the wrong length throws `metabolism/mat`. */
export function fieldsOf(fields: ReadonlyMap<string, MatValue>, variable: string, file: string | undefined): Fields {
  const value = (name: string): MatValue => {
    const found = fields.get(name);
    if (found !== undefined) return found;
    throw matFault({ file }, `'${variable}' has no field '${name}'`, "COBRA models have S, rxns, mets, lb, ub and c");
  };
  const checked = <T extends ArrayLike<unknown>>(name: string, values: T, length: number | undefined): T => {
    if (length === undefined || values.length === length) return values;
    throw matFault({ file }, `'${variable}.${name}': expected ${length} values, got ${values.length}`);
  };
  return {
    file,
    has: (name) => {
      const found = fields.get(name);
      return found !== undefined && !isEmpty(found);
    },
    value,
    numbers: (name, length) => {
      const found = value(name);
      if (found.kind === "sparse") return checked(name, dense(found), length);
      if (found.kind === "numbers") return checked(name, found.values, length);
      throw matFault({ file }, `'${variable}.${name}': expected numbers, got ${describe(found)}`);
    },
    texts: (name, length) => {
      const found = value(name);
      const texts = textsOf(found);
      if (texts !== undefined) return checked(name, texts, length);
      throw matFault({ file }, `'${variable}.${name}': expected a cell array of text, got ${describe(found)}`);
    },
    text: (name) => {
      const found = fields.get(name);
      return found?.kind === "text" ? found.rows.join("").trim() : undefined;
    },
  };
}

function isEmpty(value: MatValue): boolean {
  if (value.kind === "numbers") return value.values.length === 0;
  if (value.kind === "sparse") return value.dimensions.includes(0);
  if (value.kind === "cells") return value.cells.length === 0;
  return value.kind === "text" && value.rows.join("") === "";
}

/** Texts of a cell array, or characters of a character array: of one row each, of several a row each. */
function textsOf(value: MatValue): string[] | undefined {
  if (value.kind === "text") {
    const [only = ""] = value.rows;
    return value.rows.length === 1 ? [...only] : value.rows.map((row) => row.trimEnd());
  }
  if (value.kind === "numbers" && value.values.length === 0) return [];
  if (value.kind !== "cells") return undefined;
  const texts = value.cells.map((cell) => {
    if (cell.kind === "text") return cell.rows.join("");
    return cell.kind === "numbers" && cell.values.length === 0 ? "" : undefined;
  });
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function dense({ dimensions, rows, starts, values }: MatValue & { kind: "sparse" }): Float64Array {
  const [height = 0, width = 0] = dimensions;
  const out = new Float64Array(height * width);
  for (let j = 0; j < width; j++)
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) out[j * height + (rows[k] ?? 0)] = values[k] ?? 0;
  return out;
}

function describe(value: MatValue): string {
  if (value.kind === "other") return value.what;
  return { numbers: "numbers", sparse: "a sparse matrix", text: "text", cells: "cells", struct: "a struct" }[
    value.kind
  ];
}
