import { openFlux } from "../../metabolism/balance/fba.ts";
import { enzymeLimits, fluxEnvelope, limitByEnzymes } from "../../metabolism/limits/enzyme-limits.ts";
import { closed, reactionsWithout } from "../../metabolism/model/edits.ts";
import { copyBounds, type FluxModel } from "../../metabolism/model/flux-model.ts";

/** Capacity at the reference expression: twice the wild type's flux and at least 5, as in the metabolic module. */
const CAPACITY = { margin: 2, floor: 5 } as const;

/** Growth of a genome-scale model whose enzymes are scaled by expression that was predicted elsewhere. */
export interface RegulatedGenome {
  /**
   * Growth, h^-1; NaN where no flux distribution is possible.
   * @param gene that is deleted, by locus tag; none for the wild type
   * @param levelOf expression relative to the reference, by locus tag; 1 for what is unknown
   */
  growth(gene: string | undefined, levelOf: (locus: string) => number): number;
  dispose(): void;
}

/** @throws CellweaveError where the model states no objective or has no wild type */
export async function regulatedGenome(model: FluxModel): Promise<RegulatedGenome> {
  const solver = await openFlux(model);
  const wild = solver.pfba();
  const reference = wild.status === "optimal" ? [wild.fluxes] : [];
  const limits = enzymeLimits({ model }, fluxEnvelope(model, reference, CAPACITY));
  const free = new Uint8Array(model.reactions.length);
  return {
    growth: (gene, levelOf) => {
      const bounds = copyBounds(model.bounds);
      const levels = Float64Array.from(model.genes, ({ id }) => levelOf(id));
      limitByEnzymes(limits, levels, bounds, free);
      const index = gene === undefined ? undefined : model.geneIndex.get(gene);
      const solution = solver.fba(index === undefined ? bounds : closed(bounds, reactionsWithout(model, [index])));
      return solution.status === "optimal" ? solution.objective : Number.NaN;
    },
    dispose: () => solver.dispose(),
  };
}
