import type { KnockoutExample } from "../../regulation/baselines/example.ts";
import { type Activities, meanOfSamples, selectIModulons, spread } from "./activities.ts";
import { type IModulon, ownRegulon, STRAIN_CATEGORIES } from "./imodulons.ts";
import { genesOf, type KnockoutPair, seriesOf } from "./pairs.ts";

/** The texts a knockout benchmark is made of, parsed. */
export interface KnockoutData {
  readonly activities: Activities;
  readonly iModulons: readonly IModulon[];
  readonly pairs: readonly KnockoutPair[];
}

/** Predict the change of activities when an unseen gene is deleted (table E1). */
export interface KnockoutTask {
  /** The iModulons predicted: those whose category is not about the strain. */
  readonly iModulons: readonly IModulon[];
  readonly activities: Activities;
  readonly pairs: readonly KnockoutPair[];
  /** One for each pair, same order, grouped by genotype. */
  readonly examples: readonly KnockoutExample[];
  /** Standard deviation of each iModulon over all samples, shape [iModulons]. */
  readonly scale: Float64Array;
}

export function knockoutTask({ activities: all, iModulons: table, pairs }: KnockoutData): KnockoutTask {
  const known = new Map(table.map((iModulon) => [iModulon.name, iModulon]));
  const iModulons = all.iModulons
    .map((name) => known.get(name) ?? { name, category: "", regulator: "" })
    .filter(({ category }) => !STRAIN_CATEGORIES.has(category));
  const activities = selectIModulons(
    all,
    iModulons.map(({ name }) => name),
  );
  const examples = pairs.map((pair) => exampleOf(pair, activities, iModulons));
  return { iModulons, activities, pairs, examples, scale: spread(activities) };
}

/** What a pair says: knockout minus wild type, each the mean of its replicates; nothing of a deleted gene itself. */
export function exampleOf(pair: KnockoutPair, activities: Activities, iModulons: readonly IModulon[]): KnockoutExample {
  const genes = genesOf(pair.genotype);
  const wildType = meanOfSamples(activities, pair.wildTypeSamples);
  const knockout = meanOfSamples(activities, pair.knockoutSamples);
  return {
    genotype: pair.genotype,
    genes,
    condition: pair.condition,
    project: pair.project,
    series: seriesOf(pair),
    group: pair.genotype,
    wildType,
    own: ownRegulon(genes, iModulons),
    change: knockout.map((value, i) => (genes.includes(iModulons[i]?.name ?? "") ? 0 : value - (wildType[i] ?? 0))),
  };
}
