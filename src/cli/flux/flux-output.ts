/** Fluxes below this are shown as nothing, mmol/gDW/h. */
export const NOTHING = 1e-9;

/** A flux as tables show it, four decimals. */
export function fixed(value: number): string {
  return Number.isNaN(value) ? "-" : (Math.abs(value) < NOTHING ? 0 : value).toFixed(4);
}
