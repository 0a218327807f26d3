import type { LpRuntime } from "../../numerics/programs/lp.ts";
import { failure } from "../balance/fba.ts";
import { openVariability } from "../balance/fva.ts";
import type { FluxSolution } from "../balance/solution.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import { unreduced } from "../presolve/presolve.ts";
import { type Reference, referenceOf } from "../presolve/reference.ts";
import { expanded, narrowed, type SubModel } from "../presolve/sub-model.ts";
import type { Adjustment } from "./adjustment.ts";
import { type FewSwitches, fewSwitches } from "./few-switches.ts";
import { type ConflictSearch, openConflicts } from "./room-conflicts.ts";
import { withCuts } from "./room-cuts.ts";
import type { RoomOptions } from "./room-options.ts";
import { roomProgram } from "./room-program.ts";
import { type ToleratedRange, toleratedRanges } from "./tolerated-ranges.ts";

/** Linear programs for collecting conflicts, after which the rest is searched by branches. */
const COLLECTED = 400;
/** Ranges above which a model is large, and what a branch of it counts, in steps. */
const LARGE = { ranges: 400, branch: 40 } as const;

/**
 * ROOM: fluxes in which the fewest reactions leave their wild-type range. The objective is that count; several flux
 * distributions may share it. Conflicts between ranges are collected first, which is often the answer; what they leave
 * open is a mixed-integer program with the conflicts as rows, in which the fluxes' ranges are found first, so that
 * switches are no larger than they must be; and what that leaves open at genome scale, by more conflicts. Seconds a strain on the core model, seconds to many minutes at genome scale.
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
  return {
    solve: (bounds) => {
      const small = narrowed(from.sub, bounds);
      const found = small && fewest(runtime, from, small, ranges, steps);
      return found === undefined ? failure(runtime, from.sub.full, bounds, "infeasible") : answer(from, found, steps);
    },
    dispose: () => {},
  };
}

/** What a search for the fewest switches ended with. */
interface Found extends FewSwitches {
  /** No flux distribution switches fewer: the answer where that is `count`. */
  readonly least: number;
}

/** The fewest switches, or what limits them; undefined where there is no flux distribution. */
function fewest(
  runtime: LpRuntime,
  from: Reference,
  bounds: FluxBounds,
  ranges: readonly ToleratedRange[],
  steps: number,
): Found | undefined {
  const reach = fromCentre(from, bounds);
  const few = fewSwitches(runtime, from, reach, ranges);
  if (few === undefined) return undefined;
  const search = openConflicts(runtime, from, reach, ranges, few);
  try {
    if (search.advance(Math.min(steps, COLLECTED)) === "infeasible") return undefined;
    if (search.least() < search.best().count) {
      const isLarge = ranges.length > LARGE.ranges;
      const branches = isLarge ? Math.ceil(steps / LARGE.branch) : steps;
      const inner = reachable(runtime, from.sub, bounds);
      const narrow = inner && fromCentre(from, inner);
      const found =
        narrow && isBounded(narrow) ? byBranches(runtime, from, narrow, ranges, search, branches) : undefined;
      if (found !== undefined && (!isLarge || found.least >= found.count)) return found;
      search.advance(steps);
      return found === undefined ? foundBy(search) : narrower(found, foundBy(search));
    }
    return foundBy(search);
  } finally {
    search.dispose();
  }
}

function foundBy(search: ConflictSearch): Found {
  return { least: search.least(), ...search.best() };
}

/** What two searches know together. */
function narrower(a: Found, b: Found): Found {
  return { ...(a.count <= b.count ? a : b), least: Math.max(a.least, b.least) };
}

function isBounded({ lower, upper }: FluxBounds): boolean {
  return lower.every(Number.isFinite) && upper.every(Number.isFinite);
}

/** Looks for fewer switches than the best so far, with the conflicts found. */
function byBranches(
  runtime: LpRuntime,
  from: Reference,
  reach: FluxBounds,
  ranges: readonly ToleratedRange[],
  search: ConflictSearch,
  branches: number,
): Found {
  const [least, best] = [search.least(), search.best()];
  const program = roomProgram(from, reach, ranges);
  const session = runtime.open({ ...withCuts(program, ranges, search.conflicts()), branches });
  try {
    const status = session.solve();
    const count = Math.round(session.objective()) + program.settled;
    const bound = Math.ceil(session.searchBound() - 1e-6) + program.settled;
    const proven = Math.min(best.count, Number.isFinite(bound) ? Math.max(least, bound) : least);
    if (status !== "optimal" && !(count < best.count)) return { least: proven, ...best };
    const change = session.point().values.subarray(0, reach.lower.length);
    return { least: status === "optimal" ? count : Math.min(proven, count), count, change };
  } finally {
    session.dispose();
  }
}

function answer(from: Reference, { least, count, change }: Found, steps: number): FluxSolution {
  if (least >= count) return { status: "optimal", objective: count, fluxes: moved(from, change) };
  const message =
    `ROOM gave up after ${steps} steps: between ${least} and ${count} reactions switch; ` +
    "the linear relaxation has an answer at once";
  return { status: "failed", message, bounds: [], limits: [least, count] };
}

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

/** What each chain's flux can reach within bounds; undefined where there is no flux distribution. */
function reachable(runtime: LpRuntime, sub: SubModel, bounds: FluxBounds): FluxBounds | undefined {
  const model = { ...sub.model, objective: new Float64Array(sub.model.reactions.length) };
  const opened = openVariability(runtime, model, { bounds, fraction: 0, sub: unreduced(model) });
  if (!("range" in opened)) return undefined;
  const ranges = model.reactions.map((_, c) => opened.range(c));
  opened.dispose();
  return { lower: Float64Array.from(ranges, ([least]) => least), upper: Float64Array.from(ranges, ([, most]) => most) };
}
