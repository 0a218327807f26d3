import { CellweaveError } from "../../errors.ts";
import type { CellGrowth } from "./cell-growth.ts";

/** What is measured and predicted of one mutant; growth relative to each predictor's own wild type. */
export interface GeneGrowth {
  readonly gene: string;
  readonly name: string;
  /** OD600 after 24 h. */
  readonly density: number;
  /** Genome-scale flux balance; NaN for a gene that isn't in it. */
  readonly genome: number;
  /** Genome-scale flux balance with the hybrid cell's expression as capacities; NaN where either lacks the gene. */
  readonly regulated: number;
  /** Arms of the cell; NaN for a gene that the cell lacks. */
  readonly mechanistic: number;
  readonly hybrid: number;
}

/** Growth relative to the wild type from which a strain counts as growing. */
const GROWS_ABOVE = 0.01;
/** A difference in relative growth that is worth a word. */
const NOTABLE = 0.02;

/** Whether a predictor says that a strain grows; what it gives no number for doesn't. */
export function grows(share: number): boolean {
  return share > GROWS_ABOVE;
}

/** What the cell's regulation changes in a mutant, in words; empty where nothing. */
export function changeOf({ genome, regulated, mechanistic, hybrid }: GeneGrowth): string {
  const words = [said("cell", mechanistic, hybrid), said("iML1515", genome, regulated)];
  return words.filter((word) => word !== "").join("; ");
}

function said(where: string, before: number, after: number): string {
  if (Number.isNaN(before) || Number.isNaN(after)) return "";
  if (grows(before) !== grows(after)) return `${where}: ${grows(after) ? "now grows" : "no longer grows"}`;
  const difference = after - before;
  if (Math.abs(difference) < NOTABLE) return "";
  return `${where}: ${difference > 0 ? "faster" : "slower"} by ${Math.abs(100 * difference).toFixed(0)} % of the wild type`;
}

/**
 * Growth of a strain of the cell, relative to the wild type's in the same arm; 0 where the run ended early.
 * @throws CellweaveError where the wild type doesn't grow
 */
export function cellShares(strain: CellGrowth | undefined, wildType: CellGrowth) {
  if (strain === undefined) return { mechanistic: Number.NaN, hybrid: Number.NaN };
  const share = (growth: number, of: number) => {
    if (of > 0) return Number.isNaN(growth) ? 0 : growth / of;
    throw new CellweaveError(
      "growth/wild-type",
      "the cell's wild type doesn't grow, so that nothing can be relative to it",
      {
        kind: "solver",
      },
    );
  };
  return {
    mechanistic: share(strain.mechanistic, wildType.mechanistic),
    hybrid: share(strain.hybrid, wildType.hybrid),
  };
}
