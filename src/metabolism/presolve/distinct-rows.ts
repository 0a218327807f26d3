import type { EditableMatrix } from "./sparse-rows.ts";

/** Digits to which two rows must agree, once divided by their first entry, to say the same. */
const DIGITS = 12;

/** Rows that aren't empty and aren't a multiple of an earlier one, ascending. */
export function distinctRows({ columns, rows }: EditableMatrix): number[] {
  const seen = new Set<string>();
  return [...rows.keys()].filter((i) => {
    const touched = [...(rows[i] ?? [])].sort((a, b) => a - b);
    const [first] = touched;
    if (first === undefined) return false;
    const scale = columns[first]?.get(i) ?? 1;
    const key = touched.map((j) => `${j}:${((columns[j]?.get(i) ?? 0) / scale).toPrecision(DIGITS)}`).join(" ");
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
