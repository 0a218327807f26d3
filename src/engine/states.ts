import type { Cell } from "../cell/cell.ts";

/** Indices of the variables that are integrated, and of those that are functions of them, ascending. */
export interface Roles {
  readonly states: Int32Array;
  readonly outputs: Int32Array;
  /** Indices of states that may not be negative: pools and biomass. */
  readonly nonNegative: Int32Array;
}

export function rolesOf(cell: Cell): Roles {
  const of = (wanted: (i: number) => boolean) => Int32Array.from(cell.variables.keys()).filter(wanted);
  const states = of((i) => cell.variables[i]?.role === "state");
  const nonNegative = states.filter((i) => {
    const kind = cell.variables[i]?.kind;
    return kind === "pool" || kind === "biomass";
  });
  return { states, outputs: of((i) => cell.variables[i]?.role === "output"), nonNegative };
}

/** Copies the entries at `indices` from one vector to another of the same shape. */
export function copyAt(indices: Int32Array, from: Float64Array, to: Float64Array): void {
  for (let n = 0; n < indices.length; n++) {
    const i = indices[n] ?? 0;
    to[i] = from[i] ?? 0;
  }
}
