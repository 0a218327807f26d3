import { columnIndex, numberAt, type Table } from "../csv.ts";

/** Measured fluxes of strains, each divided by the strain's glucose uptake. */
export interface FluxTask {
  /** BiGG ids of the core model, in the order of the table's rows. */
  readonly reactions: readonly string[];
  /** Names of the deleted genes. */
  readonly strains: readonly string[];
  /** Of the wild type grown like the strains, shape [reactions]. */
  readonly reference: Float64Array;
  /** Of each strain, shape [reactions]. */
  readonly measured: readonly Float64Array[];
  /** Glucose uptake of the wild type, mmol gDW^-1 h^-1. */
  readonly uptake: number;
}

/** The wild type of the deletion strains: a chemostat at 0.2 /h. The other columns WT_... are other dilution rates. */
const REFERENCE = "REF";
/** Dilution rate of that chemostat, 1/h. */
export const DILUTION = 0.2;
const UPTAKE = "R_GLCptspp";

/** Names of the table that aren't the core model's with `R_` before them. */
const CORE_NAME: ReadonlyMap<string, string> = new Map([
  ["R_GLCptspp", "GLCpts"],
  ["R_EX_glc_e_", "EX_glc__D_e"],
  ["R_EX_lac_D_e_", "EX_lac__D_e"],
  ["R_Ec_biomass_iAF1260_core_59p81M", "BIOMASS_Ecoli_core_w_GAM"],
]);

function coreName(row: string): string {
  return CORE_NAME.get(row) ?? row.replace(/^R_/, "").replace(/^(EX_.*_e)_$/, "$1");
}

/**
 * The fluxes of 24 deletion strains of E. coli in a glucose-limited chemostat.
 * @param table rows are reactions, columns strains, mmol gDW^-1 h^-1
 * @throws CellweaveError for a missing column or a cell that is no number
 * @see doi:10.1126/science.1132067
 */
export function fluxTask(table: Table): FluxTask {
  const names = table.rows.map(({ cells }) => cells[0] ?? "");
  const uptakeRow = names.indexOf(UPTAKE);
  const column = (name: string) => {
    const at = columnIndex(table, name);
    return Float64Array.from(table.rows, (_, row) => numberAt(table, row, at));
  };
  const shares = (fluxes: Float64Array) => fluxes.map((v) => v / (fluxes[uptakeRow] ?? Number.NaN));
  const strains = table.header.slice(1).filter((name) => name !== REFERENCE && !name.startsWith("WT_"));
  const reference = column(REFERENCE);
  return {
    reactions: names.map(coreName),
    strains,
    reference: shares(reference),
    measured: strains.map((strain) => shares(column(strain))),
    uptake: reference[uptakeRow] ?? Number.NaN,
  };
}
