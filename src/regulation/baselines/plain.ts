import { bilinear } from "./bilinear.ts";
import type { Baseline } from "./example.ts";
import { gaussianProcess } from "./gaussian-process.ts";
import {
  type Feature,
  linear,
  ofWildType,
  predictionOf,
  regulon,
  regulonTimesWildType,
  scaled,
  wildType,
} from "./linear.ts";
import { meanOfOthers, noChange, sameProjectMean } from "./means.ts";

/** A baseline and how its features that are themselves predictions are made. */
export interface PlainRow {
  readonly baseline: Baseline;
  /**
   * `once`: each such feature leaves out its own group only, so that a training example's feature has seen the held-out
   * group (as in the table of published figures). `nested`: made from the training examples alone.
   */
  readonly leftOut: "once" | "nested";
}

/** The last linear row once more, with a Gaussian process that has not seen the held-out group. */
export const NESTED_NAME = "the same, its GP fitted inside the training examples";

/** What the plain rows are made with. */
export interface PlainOptions {
  /** Standard deviation of each iModulon over all samples given, shape [iModulons]. */
  readonly scale: Float64Array;
  /** The rows that use the regulatory graph; without them they are left out. */
  readonly graph?: { readonly influence: Feature; readonly stack: Baseline; readonly kriging: Baseline };
}

/** Rows beyond the published table: what the graph alone gives, and deleted gene times state. */
function graphRows({ scale, graph }: PlainOptions): PlainRow[] {
  if (graph === undefined) return [];
  const { influence, stack, kriging } = graph;
  const onGraph = [scaled(influence, scale), ofWildType(influence)];
  const embed = influence.prepare([]);
  return [
    { baseline: linear("regulon propagation on the graph", onGraph), leftOut: "nested" },
    { baseline: bilinear({ embed, scale }), leftOut: "nested" },
    { baseline: stack, leftOut: "nested" },
    { baseline: kriging, leftOut: "nested" },
  ];
}

/** The plain rows every table of results carries, in its order. */
export function plainRows(options: PlainOptions): PlainRow[] {
  const { scale } = options;
  const process = gaussianProcess({ scale });
  const projectMean = predictionOf(sameProjectMean, "project mean");
  const processFeature = predictionOf(process, "GP");
  const onRegulon = [regulon, regulonTimesWildType];
  const once = (baseline: Baseline): PlainRow => ({ baseline, leftOut: "once" });
  return [
    once(noChange),
    once(meanOfOthers),
    once(sameProjectMean),
    once(linear("linear: regulon, regulon x WT", onRegulon)),
    once(linear("linear: regulon, regulon x WT, WT, project mean", [...onRegulon, wildType, projectMean])),
    once(process),
    once(linear("linear on that: GP, regulon, regulon x WT, WT", [processFeature, ...onRegulon, wildType])),
    {
      baseline: linear(NESTED_NAME, [processFeature, ...onRegulon, wildType]),
      leftOut: "nested",
    },
    ...graphRows(options),
  ];
}
