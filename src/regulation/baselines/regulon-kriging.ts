import type { RegulatoryGraph } from "../graph/graph.ts";
import type { Baseline, KnockoutQuery } from "./example.ts";
import { nearness } from "./gaussian-process.ts";
import { type Covariance, kriging } from "./kriging.ts";
import { type Feature, regulon, regulonTimesWildType, scaled, where, wildType } from "./linear.ts";
import { regulatorsOfRegulators, regulonMode, regulonReach } from "./regulon-features.ts";
import { regulonKinship } from "./regulon-kinship.ts";

export interface RegulonKrigingOptions {
  readonly network: RegulatoryGraph;
  /** iModulons of the examples, in order. */
  readonly iModulons: readonly string[];
  /** Standard deviation of each iModulon, shape [iModulons]. */
  readonly scale: Float64Array;
}

/** Variances: of what all knockouts share, all of one state, those of one state and one regulon, those of one series. */
const COMMON = 0.05;
const STATE = 0.5;
const KIN = 0.6;
const SERIES = 0.2;
const NOISE = 0.35;
const SLOPE = 0.05;
/** How far apart wild types may be and still change alike, in standard deviations. */
const LENGTH = 0.4;

/**
 * The best plain predictor known of table E1. Knockouts change alike where their wild types are alike, more so where the
 * deleted regulators share genes, and where cultures were run together; beside that the deleted gene's regulon with its
 * mode, the regulators of regulators and what share of each iModulon's genes is lost have effects of their own. All of it
 * is fitted together.
 *
 * What it is made of was found on the 74 pairs of table E1; its constants are nearly those that are chosen without the
 * genotype that is predicted (`models/training/LOG.md`).
 */
export function regulonKriging({ network, iModulons, scale }: RegulonKrigingOptions): Baseline {
  const second = remembered(regulatorsOfRegulators(network, iModulons));
  return kriging({
    name: "kriging: wild type's state, kin regulons, series; effects of the regulon",
    effects: [
      regulon,
      regulonTimesWildType,
      wildType,
      scaled(remembered(regulonMode(network, iModulons)), scale),
      scaled(remembered(regulonReach(network, iModulons)), scale),
      scaled(second, scale),
      where(second, wildType),
    ],
    covariance: covarianceOf(network, scale),
    scale,
    noise: NOISE,
    slope: SLOPE,
  });
}

/** Each pair of queries is looked at once, however often a part of them is fitted. */
function covarianceOf(network: RegulatoryGraph, scale: Float64Array): Covariance {
  const near = nearness(scale, LENGTH);
  const kinship = regulonKinship(network);
  const covariance: Covariance = (a, b) =>
    COMMON + near(a.wildType, b.wildType) * (STATE + KIN * kinship(a.genes, b.genes)) + (together(a, b) ? SERIES : 0);
  const known = new WeakMap<KnockoutQuery, WeakMap<KnockoutQuery, number>>();
  return (a, b) => {
    const row = known.get(a) ?? new WeakMap<KnockoutQuery, number>();
    known.set(a, row);
    const found = row.get(b) ?? covariance(a, b);
    row.set(b, found);
    return found;
  };
}

function together(a: KnockoutQuery, b: KnockoutQuery): boolean {
  return a.series !== undefined && a.series === b.series;
}

/** A feature that is the same whatever it is made from, asked once of each query. */
function remembered(feature: Feature): Feature {
  const value = feature.prepare([]);
  const known = new WeakMap<KnockoutQuery, Float64Array>();
  return {
    name: feature.name,
    prepare: () => (query) => {
      const found = known.get(query) ?? value(query);
      known.set(query, found);
      return found;
    },
  };
}
