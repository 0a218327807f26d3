/** A name for deleted genes that doesn't depend on their order, joined by `+`. */
export function genotypeKey(genes: readonly string[]): string {
  return [...genes].sort().join("+");
}
