import type { BootstrapOptions } from "../../analysis/metrics/bootstrap.ts";
import type { OptionValues } from "../arguments.ts";
import type { EvaluateStreams } from "./evaluate-page.ts";

export const EVALUATE_OPTIONS = {
  data: { type: "text" },
  cell: { type: "text" },
  pairs: { type: "text" },
  split: { type: "choice", of: ["genotype", "project", "condition"] },
  predictions: { type: "list" },
  model: { type: "list" },
  reader: { type: "text" },
  against: { type: "text" },
  genes: { type: "flag" },
  json: { type: "text" },
  plot: { type: "figure" },
  html: { type: "page" },
  csv: { type: "text" },
  bootstrap: { type: "number", integer: true, min: 1, max: 1_000_000 },
  seed: { type: "number", integer: true },
} as const;

export type EvaluateOptions = OptionValues<typeof EVALUATE_OPTIONS>;

/** What a benchmark is run with. */
export interface EvaluateRequest {
  /** As named on the command line. */
  readonly benchmark: string;
  /** The data folder, or what `--data` named in its place. */
  readonly folder: string;
  readonly bootstrap: BootstrapOptions;
  readonly options: EvaluateOptions;
  readonly streams: EvaluateStreams;
}
