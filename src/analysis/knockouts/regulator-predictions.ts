import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { createOutputs, type Regulator, referenceInputs } from "../../regulation/regulator.ts";

/**
 * What a regulator says of knockouts: the wild type's activities as its reference, the deleted genes' tokens at -1, the
 * environment unchanged and no effector known.
 * @param locusOf b-number of a gene's name among the regulator's genes
 * @param iModulons of the examples; those the regulator doesn't know stay as they are
 * @returns changes for each example, and the deleted genes that the regulator has no token for
 */
export async function regulatorPredictions(
  regulator: Regulator,
  locusOf: (gene: string) => string | undefined,
  examples: readonly KnockoutExample[],
  iModulons: readonly string[],
): Promise<{ predicted: Float64Array[]; unknownGenes: readonly string[] }> {
  const { names } = regulator;
  const inputs = referenceInputs(regulator);
  const outputs = createOutputs(regulator);
  const from = iModulons.map((name) => names.activities.indexOf(name));
  const token = new Map(names.genes.map((gene, i) => [gene, i]));
  const unknownGenes = new Set<string>();
  const predicted: Float64Array[] = [];
  for (const { wildType, genes } of examples) {
    for (const [i, position] of from.entries()) inputs.referenceActivity[position] = wildType[i] ?? 0;
    inputs.perturbation.fill(0);
    for (const gene of genes) {
      const position = token.get(locusOf(gene) ?? gene);
      if (position === undefined) unknownGenes.add(gene);
      else inputs.perturbation[position] = -1;
    }
    await regulator.predict(inputs, outputs);
    predicted.push(Float64Array.from(from, (position) => outputs.activityChange[position] ?? 0));
  }
  return { predicted, unknownGenes: [...unknownGenes] };
}
