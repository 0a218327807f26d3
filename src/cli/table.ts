/**
 * Rows of text as columns; the first column is left-aligned, the others right-aligned.
 * @param words index of one more column that is left-aligned
 */
export function table(rows: readonly (readonly string[])[], words = 0): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)), []);
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 || i === words ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))),
    )
    .map((cells) => `  ${cells.join("  ").trimEnd()}\n`)
    .join("");
}
