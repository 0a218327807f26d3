import { type Cultivation, growStrain, type StrainState } from "../strains/cell-strain.ts";

/** Growth on the cell's own medium, which is held while the strain adapts. */
const ADAPTED: Cultivation = { time: { to: 0.01, points: 2 }, preculture: { hours: 10 } };
const GROWTH = "flux:BIOMASS_Ecoli_core_w_GAM";

/** How one strain of the cell grows, and what its hybrid arm expresses. */
export interface CellGrowth {
  /** h^-1; NaN where the run ended early. */
  readonly mechanistic: number;
  readonly hybrid: number;
  /** Expression relative to the reference, by locus tag; 1 for genes the cell doesn't express. */
  levelOf(locus: string): number;
  /** Names of the genes that it expresses, by locus tag. */
  readonly expressed: ReadonlyMap<string, string>;
}

/**
 * Grows one strain of a cell with and without its learned regulation.
 * @param gene that is deleted; the wild type where absent
 * @returns undefined where the cell knows no such gene
 */
export async function cellGrowth(cell: string, gene: string | undefined): Promise<CellGrowth | undefined> {
  const states = await growStrain(cell, gene, ADAPTED, ["mechanistic", "hybrid"]);
  if (states === undefined) return undefined;
  const [mechanistic, hybrid] = states;
  const growth = (state: StrainState | undefined) => (state?.done === true ? state.value(GROWTH) : Number.NaN);
  return {
    mechanistic: growth(mechanistic),
    hybrid: growth(hybrid),
    expressed: hybrid?.expressed ?? new Map(),
    levelOf: (locus) => {
      const level = hybrid?.value(`expression:${locus}`) ?? Number.NaN;
      return Number.isNaN(level) ? 1 : Math.max(0, level);
    },
  };
}
