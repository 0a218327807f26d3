import type { LpRuntime } from "../numerics/lp.ts";
import type { Adjustment } from "./adjustment.ts";
import { failure } from "./fba.ts";
import type { FluxBounds } from "./flux-model.ts";
import { openVariability } from "./fva.ts";
import { unreduced } from "./presolve/presolve.ts";
import { referenceOf } from "./presolve/reference.ts";
import { expanded, narrowed, type SubModel } from "./presolve/sub-model.ts";
import { roomProgram, toleratedRanges } from "./room-program.ts";

export interface RoomOptions {
  /** Relative width of the range around a wild-type flux that counts as unchanged; 0.03 where absent. */
  readonly delta?: number;
  /** Absolute width, mmol gDW^-1 h^-1; 0.001 where absent. */
  readonly epsilon?: number;
}

/**
 * ROOM: fluxes in which the fewest reactions leave their wild-type range, a mixed-integer program. The objective is
 * that count; several flux distributions may share it.
 * @param reference wild-type fluxes, shape [reactions]
 * @see doi:10.1073/pnas.0406346102
 */
export function openRoom(
  runtime: LpRuntime,
  given: SubModel,
  reference: Float64Array,
  options: RoomOptions = {},
): Adjustment {
  const from = referenceOf(given, reference);
  const { sub, centre } = from;
  const ranges = toleratedRanges(from, reference, options);
  const reach = reachable(runtime, sub);
  const n = centre.length;
  const small = { lower: new Float64Array(n), upper: new Float64Array(n) };
  return {
    solve: (bounds) => {
      if (narrowed(sub, bounds, small) === undefined) return failure(runtime, sub.full, bounds, "infeasible");
      for (let c = 0; c < n; c++) {
        small.lower[c] = Math.max(small.lower[c] ?? 0, reach.lower[c] ?? 0) - (centre[c] ?? 0);
        small.upper[c] = Math.min(small.upper[c] ?? 0, reach.upper[c] ?? 0) - (centre[c] ?? 0);
      }
      const { program, settled } = roomProgram(from, small, ranges);
      const session = runtime.open(program);
      try {
        const status = session.solve();
        if (status !== "optimal") return failure(runtime, sub.full, bounds, status);
        const moved = session.point().values.slice(0, n);
        const fluxes = expanded(
          sub,
          moved.map((d, c) => d + (centre[c] ?? 0)),
        );
        return { status, objective: Math.round(session.objective()) + settled, fluxes };
      } finally {
        session.dispose();
      }
    },
    dispose: () => {},
  };
}

/** What each chain's flux can reach at all, so that the program's switches are no larger than they must be. */
function reachable(runtime: LpRuntime, sub: SubModel): FluxBounds {
  const model = { ...sub.model, objective: new Float64Array(sub.model.reactions.length) };
  const opened = openVariability(runtime, model, { fraction: 0, sub: unreduced(model) });
  if (!("range" in opened)) return model.bounds;
  const ranges = model.reactions.map((_, c) => opened.range(c));
  opened.dispose();
  return { lower: Float64Array.from(ranges, ([least]) => least), upper: Float64Array.from(ranges, ([, most]) => most) };
}
