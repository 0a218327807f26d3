import { EXPERIMENTER, type Trajectory } from "../../engine/trajectory.ts";

/** What the ledger says of a variable: moved by the cell's modules, and by the medium or the experimenter, gross. */
function movers({ variables, ledger }: Trajectory, id: string): { readonly cell: number; readonly supplied: number } {
  const owner = variables.find((variable) => variable.id === id)?.owner;
  let cell = 0;
  let supplied = 0;
  for (const { variable, module, moved } of ledger) {
    if (variable !== id) continue;
    if (module === EXPERIMENTER || module === owner) supplied += Math.abs(moved);
    else cell += moved;
  }
  return { cell, supplied };
}

/** What the cell's modules moved of a state over the whole run, net, in its unit. */
export function movedByCell(trajectory: Trajectory, id: string): number {
  return movers(trajectory, id).cell;
}

/** Whether medium or experimenter moved more than round-off of a state: a feed, gas, dilution, a pulse, a clamp. */
export function isSupplied(trajectory: Trajectory, id: string): boolean {
  const { cell, supplied } = movers(trajectory, id);
  return supplied > 1e-6 * Math.abs(cell) + 1e-12;
}
