import type { Regulator, RegulatorNames, RegulatorReference } from "../regulator.ts";
import type { FittedBaseline } from "./example.ts";

export interface BaselineRegulatorOptions {
  readonly name: string;
  /** Fitted on activities in the order of `names.activities`. */
  readonly fitted: FittedBaseline;
  readonly names: RegulatorNames;
  readonly reference: RegulatorReference;
  /** log2 expression per unit of activity, shape [activities, expression] row-major. */
  readonly geneWeights: Float64Array;
  /** Gene names by b-number, as the baseline's examples name genes. */
  readonly geneNames: ReadonlyMap<string, string>;
  /** 1 where a gene is named among an iModulon's regulators, shape [activities]. */
  readonly ownRegulon: (gene: string) => Uint8Array;
}

/**
 * A plain predictor of knockouts as a regulator that drives a cell: each lost gene adds its predicted change times the
 * share of its product that is gone. It has seen deletions only: more product than in the wild type, effectors and
 * environment change nothing.
 */
export function baselineRegulator(options: BaselineRegulatorOptions): Regulator {
  const { name, names, reference, geneWeights } = options;
  const changes = new Map<number, Float64Array>();
  const width = names.expression.length;
  return {
    name,
    names,
    reference,
    geneWeights,
    predict({ perturbation }, { activityChange, log2Expression }) {
      activityChange.fill(0);
      for (let gene = 0; gene < perturbation.length; gene++) {
        const lost = Math.min(1, -(perturbation[gene] ?? 0));
        if (lost <= 0) continue;
        const change = changes.get(gene) ?? changeOf(names.genes[gene] ?? "", options);
        changes.set(gene, change);
        for (let i = 0; i < activityChange.length; i++)
          activityChange[i] = (activityChange[i] ?? 0) + lost * (change[i] ?? 0);
      }
      for (let g = 0; g < width; g++) {
        let sum = 0;
        for (let i = 0; i < activityChange.length; i++)
          sum += (activityChange[i] ?? 0) * (geneWeights[i * width + g] ?? 0);
        log2Expression[g] = sum;
      }
    },
    dispose() {},
  };
}

function changeOf(locus: string, { fitted, reference, geneNames, ownRegulon }: BaselineRegulatorOptions): Float64Array {
  const gene = geneNames.get(locus) ?? locus;
  return fitted.predict({
    genes: [gene],
    project: "",
    group: "",
    wildType: reference.activity,
    own: ownRegulon(gene),
  });
}
