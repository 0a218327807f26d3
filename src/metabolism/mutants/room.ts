import type { LpRuntime, LpSession } from "../../numerics/lp.ts";
import { failure } from "../balance/fba.ts";
import { openVariability } from "../balance/fva.ts";
import type { FluxSolution } from "../balance/solution.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import { unreduced } from "../presolve/presolve.ts";
import { type Reference, referenceOf } from "../presolve/reference.ts";
import { expanded, narrowed, type SubModel } from "../presolve/sub-model.ts";
import type { Adjustment } from "./adjustment.ts";
import { roomProgram, type ToleratedRange, toleratedRanges } from "./room-program.ts";

export interface RoomOptions {
  /** Relative width of the range around a wild-type flux that counts as unchanged; 0.03 where absent. */
  readonly delta?: number;
  /** Absolute width, mmol gDW^-1 h^-1; 0.001 where absent. */
  readonly epsilon?: number;
  /** Branches after which the search gives up; 20,000 where absent. */
  readonly branches?: number;
}

/**
 * ROOM: fluxes in which the fewest reactions leave their wild-type range, a mixed-integer program. The objective is
 * that count; several flux distributions may share it. Before each search the fluxes' ranges are found, so that
 * switches are no larger than they must be. Seconds a strain on the core model, up to many minutes at genome scale.
 * @param reference wild-type fluxes, shape [reactions]
 * @returns an adjustment whose status is "failed", with the count's limits, where the search gives up
 * @see doi:10.1073/pnas.0406346102
 */
export function openRoom(
  runtime: LpRuntime,
  given: SubModel,
  reference: Float64Array,
  options: RoomOptions = {},
): Adjustment {
  const from = referenceOf(given, reference);
  const ranges = toleratedRanges(from, reference, options);
  const { sub } = from;
  return {
    solve: (bounds) => {
      const small = narrowed(sub, bounds);
      const reach = small === undefined ? undefined : reachable(runtime, sub, small);
      if (reach === undefined) return failure(runtime, sub.full, bounds, "infeasible");
      return fewestSwitches(runtime, from, reach, ranges, options.branches ?? 20_000);
    },
    dispose: () => {},
  };
}

function fewestSwitches(
  runtime: LpRuntime,
  from: Reference,
  { lower, upper }: FluxBounds,
  ranges: readonly ToleratedRange[],
  branches: number,
): FluxSolution {
  const { sub, centre } = from;
  const away = (bound: number, c: number) => bound - (centre[c] ?? 0);
  const { program, settled } = roomProgram(from, { lower: lower.map(away), upper: upper.map(away) }, ranges);
  const session = runtime.open({ ...program, branches });
  try {
    if (session.solve() !== "optimal") return gaveUp(session, settled, branches);
    const moved = session.point().values.subarray(0, centre.length);
    const fluxes = expanded(
      sub,
      centre.map((w, c) => w + (moved[c] ?? 0)),
    );
    return { status: "optimal", objective: Math.round(session.objective()) + settled, fluxes };
  } finally {
    session.dispose();
  }
}

function gaveUp(session: LpSession, settled: number, branches: number): FluxSolution {
  const [least, most] = [Math.ceil(session.searchBound() - 1e-6) + settled, Math.round(session.objective()) + settled];
  const between = Number.isFinite(most) ? `between ${least} and ${most} reactions switch` : `at least ${least} switch`;
  const message = `ROOM gave up after ${branches} branches: ${between}; the linear relaxation has an answer at once`;
  return { status: "failed", message, bounds: [] };
}

/** What each chain's flux can reach within bounds; undefined where there is no flux distribution. */
function reachable(runtime: LpRuntime, sub: SubModel, bounds: FluxBounds): FluxBounds | undefined {
  const model = { ...sub.model, objective: new Float64Array(sub.model.reactions.length) };
  const opened = openVariability(runtime, model, { bounds, fraction: 0, sub: unreduced(model) });
  if (!("range" in opened)) return undefined;
  const ranges = model.reactions.map((_, c) => opened.range(c));
  opened.dispose();
  return { lower: Float64Array.from(ranges, ([least]) => least), upper: Float64Array.from(ranges, ([, most]) => most) };
}
