import type { Baseline } from "./example.ts";
import { gaussianProcess } from "./gaussian-process.ts";
import { linear, predictionOf, regulon, regulonTimesWildType, wildType } from "./linear.ts";
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

/**
 * The plain rows every table of results carries, in its order.
 * @param scale standard deviation of each iModulon over all samples given, shape [iModulons]
 */
export function plainRows(scale: Float64Array): PlainRow[] {
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
      baseline: linear("the same, its GP fitted inside the training examples", [
        processFeature,
        ...onRegulon,
        wildType,
      ]),
      leftOut: "nested",
    },
  ];
}
