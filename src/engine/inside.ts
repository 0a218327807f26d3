import type { Cell } from "../cell/cell.ts";
import type { Point } from "./point.ts";

/** States at `point.t` from the modules' dense output over the window last advanced; the rest as at `now`. */
export function interpolateStates(cell: Cell, now: Point, point: Point): void {
  point.values.set(now.values);
  cell.parts.forEach((part, k) => {
    const owned = point.instants[k]?.owned;
    if (part.states.length > 0 && owned !== undefined) part.module.interpolate(point.t, owned);
  });
}
