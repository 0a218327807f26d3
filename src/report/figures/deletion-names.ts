import type { FluxModel } from "../../metabolism/model/flux-model.ts";

/** A gene or reaction as people know it: `pgi (b4025)` where the model tells the gene's name. */
export function deletionName(id: string, { genes, geneIndex, reactionIndex }: FluxModel): string {
  if (reactionIndex.has(id)) return id;
  const gene = genes[geneIndex.get(id) ?? genes.findIndex(({ name }) => name === id)];
  return gene?.name === undefined || gene.name === gene.id ? id : `${gene.name} (${gene.id})`;
}

/** What a strain lacks, by name. */
export function strainName(deleted: readonly string[], model: FluxModel): string {
  return deleted.map((id) => deletionName(id, model)).join(" + ");
}
