import type { RegulatoryGraph } from "../graph/graph.ts";
import type { Baseline, FittedBaseline, KnockoutExample } from "./example.ts";
import { gaussianProcess, nearness } from "./gaussian-process.ts";
import {
  type Feature,
  linear,
  predictionOf,
  product,
  regulon,
  regulonTimesWildType,
  scaled,
  where,
  wildType,
} from "./linear.ts";
import { regulatorsOfRegulators, regulonMode } from "./regulon-features.ts";

export interface StackOptions {
  readonly network: RegulatoryGraph;
  /** iModulons of the examples, in order. */
  readonly iModulons: readonly string[];
  /** Standard deviation of each iModulon, shape [iModulons]. */
  readonly scale: Float64Array;
}

/** How strongly an iModulon's own slope on its wild-type activity is held at zero, in units of its residual variance. */
const SLOPE_SHRINKAGE = 100;

/**
 * The best plain predictor known of table E1: a Gaussian process over two distances between wild types, the deleted
 * gene's regulon with its mode, and the regulators of regulators, stacked linearly; then one shrunk slope an iModulon
 * on its wild-type activity.
 *
 * Features and constants were chosen on the 74 pairs of table E1 (`models/training/LOG.md`), which flatters it there.
 */
export function signedRegulonStack({ network, iModulons, scale }: StackOptions): Baseline {
  const process = gaussianProcess({ scale, amplitude: 0.25, raw: { amplitude: 0.25, length: 0.5 } });
  const change = predictionOf(process, "GP");
  const second = regulatorsOfRegulators(network, iModulons);
  return withSlopes(
    linear("stack: GP, regulon with its mode, regulators of regulators", [
      change,
      regulon,
      regulonTimesWildType,
      wildType,
      scaled(regulonMode(network, iModulons), scale),
      scaled(second, scale),
      where(second, wildType),
      product(change, nearestExample(scale)),
    ]),
  );
}

/** How near the closest wild type of the pool is, the same number for each iModulon. */
function nearestExample(scale: Float64Array): Feature {
  const near = nearness(scale);
  return {
    name: "nearness",
    prepare: (pool) => (query) => {
      const others = pool.filter(({ group }) => group !== query.group);
      const closest = others.reduce((best, example) => Math.max(best, near(query.wildType, example.wildType)), 0);
      return new Float64Array(query.wildType.length).fill(closest);
    },
  };
}

/** What a baseline leaves over, regressed on the wild type's activity for each iModulon by itself. */
function withSlopes(baseline: Baseline): Baseline {
  return {
    name: baseline.name,
    fit(training, pool) {
      const fitted = baseline.fit(training, pool);
      const slopes = slopesOf(training, fitted);
      return {
        predict: (query) => fitted.predict(query).map((c, i) => c + (slopes[i] ?? 0) * (query.wildType[i] ?? 0)),
      };
    },
  };
}

function slopesOf(training: readonly KnockoutExample[], fitted: FittedBaseline): Float64Array {
  const left = training.map((example) => {
    const predicted = fitted.predict(example);
    return example.change.map((change, i) => change - (predicted[i] ?? 0));
  });
  return Float64Array.from(training[0]?.change ?? [], (_, i) => {
    let [moment, square, variance] = [0, 0, 0];
    for (const [n, { wildType: state }] of training.entries()) {
      const [w, rest] = [state[i] ?? 0, left[n]?.[i] ?? 0];
      moment += w * rest;
      square += w * w;
      variance += (rest * rest) / training.length;
    }
    const weight = square + SLOPE_SHRINKAGE * variance;
    return weight > 0 ? moment / weight : 0;
  });
}
