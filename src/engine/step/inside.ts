import type { Cell } from "../../cell/cell.ts";
import type { Point } from "./point.ts";

/** States, and outputs of modules that compute them, at `point.t` over the window last advanced; the rest as at `now`. */
export function interpolateStates(cell: Cell, now: Point, point: Point): void {
  point.values.set(now.values);
  cell.parts.forEach((part, k) => {
    const owned = point.instants[k]?.owned;
    const { module, states } = part;
    if (owned !== undefined && (states.length > 0 || module.denseOutputs === true)) module.interpolate(point.t, owned);
  });
}
