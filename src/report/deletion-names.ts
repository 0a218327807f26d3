import type { FluxModel } from "../metabolism/flux-model.ts";

/** A gene or reaction as people know it: `pgi (b4025)` where the model tells the gene's name. */
export function deletionName(id: string, { genes, geneIndex }: FluxModel): string {
  const name = genes[geneIndex.get(id) ?? -1]?.name;
  return name === undefined || name === id ? id : `${name} (${id})`;
}

/** What a strain lacks, by name. */
export function strainName(deleted: readonly string[], model: FluxModel): string {
  return deleted.map((id) => deletionName(id, model)).join(" + ");
}
