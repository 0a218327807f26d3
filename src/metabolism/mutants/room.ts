import type { LpRuntime, LpSession } from "../../numerics/programs/lp.ts";
import { failure } from "../balance/fba.ts";
import { openVariability } from "../balance/fva.ts";
import type { FluxSolution } from "../balance/solution.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import { unreduced } from "../presolve/presolve.ts";
import { type Reference, referenceOf } from "../presolve/reference.ts";
import { expanded, narrowed, type SubModel } from "../presolve/sub-model.ts";
import type { Adjustment } from "./adjustment.ts";
import { fewestByConflicts } from "./room-conflicts.ts";
import type { RoomOptions } from "./room-options.ts";
import { roomProgram, type ToleratedRange, toleratedRanges } from "./room-program.ts";

/** Ranges up to which one mixed-integer program is faster than a search for conflicts. */
const SMALL = 400;

/**
 * ROOM: fluxes in which the fewest reactions leave their wild-type range. The objective is that count; several flux
 * distributions may share it. A small model's is one mixed-integer program, in which the fluxes' ranges are found first, so
 * that switches are no larger than they must be; at genome scale conflicts between ranges are collected. Seconds a strain
 * on the core model, seconds to many minutes at genome scale.
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
  const steps = options.steps ?? 20_000;
  const search = ranges.length > SMALL ? byConflicts : byBranches;
  return {
    solve: (bounds) => {
      const small = narrowed(from.sub, bounds);
      const found = small && search(runtime, from, small, ranges, steps);
      return found ?? failure(runtime, from.sub.full, bounds, "infeasible");
    },
    dispose: () => {},
  };
}

/** How the fewest switches are found; undefined where there is no flux distribution. */
type Search = (
  runtime: LpRuntime,
  from: Reference,
  bounds: FluxBounds,
  ranges: readonly ToleratedRange[],
  steps: number,
) => FluxSolution | undefined;

const byConflicts: Search = (runtime, from, bounds, ranges, steps) => {
  const found = fewestByConflicts(runtime, from, fromCentre(from, bounds), ranges, steps);
  if (found === undefined) return undefined;
  const { least, change } = found;
  if (change === undefined) return gaveUp(`${steps} linear programs`, `at least ${least} reactions switch`);
  return { status: "optimal", objective: least, fluxes: moved(from, change) };
};

const byBranches: Search = (runtime, from, bounds, ranges, steps) => {
  const reach = reachable(runtime, from.sub, bounds);
  return reach && fewestSwitches(runtime, from, reach, ranges, steps);
};

/** Bounds of each chain's change from the reference. */
function fromCentre({ centre }: Reference, { lower, upper }: FluxBounds): FluxBounds {
  const away = (bound: number, c: number) => bound - (centre[c] ?? 0);
  return { lower: lower.map(away), upper: upper.map(away) };
}

function moved({ sub, centre }: Reference, change: Float64Array): Float64Array {
  return expanded(
    sub,
    centre.map((w, c) => w + (change[c] ?? 0)),
  );
}

function fewestSwitches(
  runtime: LpRuntime,
  from: Reference,
  reach: FluxBounds,
  ranges: readonly ToleratedRange[],
  branches: number,
): FluxSolution {
  const { program, settled } = roomProgram(from, fromCentre(from, reach), ranges);
  const session = runtime.open({ ...program, branches });
  try {
    if (session.solve() !== "optimal") return gaveUp(`${branches} branches`, limits(session, settled));
    const fluxes = moved(from, session.point().values);
    return { status: "optimal", objective: Math.round(session.objective()) + settled, fluxes };
  } finally {
    session.dispose();
  }
}

function limits(session: LpSession, settled: number): string {
  const [least, most] = [Math.ceil(session.searchBound() - 1e-6) + settled, Math.round(session.objective()) + settled];
  return Number.isFinite(most) ? `between ${least} and ${most} reactions switch` : `at least ${least} reactions switch`;
}

function gaveUp(after: string, found: string): FluxSolution {
  const message = `ROOM gave up after ${after}: ${found}; the linear relaxation has an answer at once`;
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
