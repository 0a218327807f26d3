/** Predicted changes for the held-out examples, same order, each of shape [observables]. */
export interface Prediction {
  readonly name: string;
  readonly kind: "plain" | "control" | "mechanistic" | "learned" | "hybrid";
  readonly changes: readonly Float64Array[];
}

/** Rows, and words on those that the data don't allow. */
export interface PlainRows {
  readonly rows: readonly Prediction[];
  readonly notes: readonly string[];
}
