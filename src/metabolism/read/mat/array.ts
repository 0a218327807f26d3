import { charactersOf, type Element, elements, type MatSource, MI, matFault, numbersOf } from "./element.ts";

/** A value of a MAT file. Arrays are stored column by column. */
export type MatValue =
  | { readonly kind: "numbers"; readonly dimensions: readonly number[]; readonly values: Float64Array }
  | {
      readonly kind: "sparse";
      readonly dimensions: readonly number[];
      readonly rows: Float64Array;
      readonly starts: Float64Array;
      readonly values: Float64Array;
    }
  | { readonly kind: "text"; readonly rows: readonly string[] }
  | { readonly kind: "cells"; readonly cells: readonly MatValue[] }
  | { readonly kind: "struct"; readonly fields: ReadonlyMap<string, MatValue> }
  | { readonly kind: "other"; readonly what: string };

/** A named variable of a MAT file. */
export interface MatVariable {
  readonly name: string;
  readonly value: MatValue;
}

const CLASS = { cell: 1, struct: 2, text: 4, sparse: 5, double: 6, uint64: 15 } as const;
const COMPLEX = 0x08;
const NUMERIC = [CLASS.double, CLASS.uint64] as const;

/** A matrix element. @see MAT-File Format (MathWorks), level 5, "miMATRIX Array Data Element Formats" */
export function matrixOf(element: Element, source: MatSource): MatVariable {
  if (element.type !== MI.matrix) throw matFault(source, `expected an array, got an element of type ${element.type}`);
  if (element.data.byteLength === 0) return { name: "", value: emptyNumbers() };
  const parts = [...elements(element.data, source)];
  const [flags, size, label, ...rest] = parts;
  if (flags === undefined || size === undefined || label === undefined)
    throw matFault(source, "the file is cut short or broken: an array has no header");
  const [word = 0] = numbersOf(flags, source);
  const dimensions = [...numbersOf(size, source)];
  const name = charactersOf(label, source).join("");
  return { name, value: contentOf(word, dimensions, rest, source) };
}

function emptyNumbers(): MatValue {
  return { kind: "numbers", dimensions: [0, 0], values: new Float64Array(0) };
}

function contentOf(
  word: number,
  dimensions: readonly number[],
  parts: readonly Element[],
  source: MatSource,
): MatValue {
  const [first, second, third] = parts;
  const kind = word & 0xff;
  if (((word >> 8) & COMPLEX) !== 0) return { kind: "other", what: "complex numbers" };
  if (kind === CLASS.cell) return { kind: "cells", cells: parts.map((part) => matrixOf(part, source).value) };
  if (kind === CLASS.struct) return structOf(dimensions, parts, source);
  if (kind === CLASS.text) return textOf(dimensions, first, source);
  if (kind === CLASS.sparse && first !== undefined && second !== undefined) {
    const values = third === undefined ? new Float64Array(0) : numbersOf(third, source);
    return { kind: "sparse", dimensions, rows: numbersOf(first, source), starts: numbersOf(second, source), values };
  }
  if (kind >= NUMERIC[0] && kind <= NUMERIC[1])
    return first === undefined ? emptyNumbers() : { kind: "numbers", dimensions, values: numbersOf(first, source) };
  return { kind: "other", what: `an array of class ${kind}` };
}

/** Rows of a character array. */
function textOf([rows = 0]: readonly number[], element: Element | undefined, source: MatSource): MatValue {
  const characters = element === undefined ? [] : charactersOf(element, source);
  const row = (k: number) => characters.filter((_, i) => i % rows === k).join("");
  return { kind: "text", rows: rows === 1 ? [characters.join("")] : Array.from({ length: rows }, (_, k) => row(k)) };
}

function structOf(dimensions: readonly number[], parts: readonly Element[], source: MatSource): MatValue {
  const count = dimensions.reduce((product, d) => product * d, 1);
  if (count !== 1) return { kind: "other", what: `an array of ${count} structs` };
  const [lengths, names, ...values] = parts;
  if (lengths === undefined || names === undefined) throw matFault(source, "a struct has no field names");
  const [width = 0] = numbersOf(lengths, source);
  const text = charactersOf(names, source);
  const fields = new Map<string, MatValue>();
  for (const [k, value] of values.entries()) {
    const name = text.slice(k * width, (k + 1) * width).join("");
    fields.set(name.replace(/\0.*$/s, ""), matrixOf(value, source).value);
  }
  return { kind: "struct", fields };
}
