/** Numbers as JSON carries them: what is not finite goes as text. */
export function encodeNumbers(values: ArrayLike<number>): (number | string)[] {
  return Array.from(values, (v) => (Number.isFinite(v) ? v : String(v)));
}

/** The inverse of `encodeNumbers`; fills `out`. */
export function decodeNumbers(encoded: readonly (number | string)[], out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = Number(encoded[i] ?? 0);
}
