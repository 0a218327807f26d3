/** Keys and indices from the top of a document to one of its values. */
export type Path = readonly (string | number)[];

/** One thing wrong with a document: where in it, and whether the key or the value is meant. */
export interface Problem {
  readonly path: Path;
  readonly at: "key" | "value";
  /** What was found and what was expected. */
  readonly message: string;
  readonly hint?: string;
}

/** A path as people write it: `perturbations[0].level`. */
export function showPath(path: Path): string {
  return path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? part : `.${part}`)).join("");
}
