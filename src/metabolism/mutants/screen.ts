import type { LpRuntime } from "../../numerics/programs/lp.ts";
import type { FluxSolution } from "../balance/solution.ts";
import { closed } from "../model/edits.ts";
import { type FluxBounds, type FluxModel, requireContinuous, requireNoConstraints } from "../model/flux-model.ts";
import { netProgram } from "../model/program.ts";
import { expanded, narrowed, type SubModel } from "../presolve/sub-model.ts";
import type { Adjustment } from "./adjustment.ts";
import { openLinearRoom } from "./linear-room.ts";
import type { Method } from "./methods.ts";
import { openLinearMoma, openMoma } from "./moma.ts";
import { openRoom } from "./room.ts";
import type { RoomOptions } from "./room-options.ts";

/** A mutant as a screen reports it. */
export interface MutantAnswer {
  readonly status: FluxSolution["status"];
  /** Value of the model's objective in the predicted fluxes; NaN where there are none. */
  readonly objective: number;
  /** Predicted fluxes, shape [reactions]; absent where there are none. */
  readonly fluxes?: Float64Array;
  /** ROOM: how many reactions switch at least and at most, the same where that is known. */
  readonly switches?: readonly [least: number, most: number];
}

/** A model opened for predicting many mutants. Each answer depends on its reactions alone. */
export interface Screen {
  /** @param reactions that are closed, indices */
  solve(reactions: readonly number[]): MutantAnswer;
  dispose(): void;
}

/**
 * Opens a model for mutants.
 * @param bounds of the wild type, within the small model's hull
 * @param reference wild-type fluxes (pFBA) that MOMA and ROOM compare with, shape [reactions]
 * @param room what ROOM takes for unchanged, and how long it searches
 */
export function openScreen(
  runtime: LpRuntime,
  sub: SubModel,
  bounds: FluxBounds,
  method: Method,
  reference: Float64Array,
  room?: RoomOptions,
): Screen {
  if (method === "fba") return fbaScreen(runtime, sub, bounds);
  const adjustment = openAdjusted(runtime, sub, method, reference, room);
  return {
    solve: (reactions) => {
      const solution = adjustment.solve(closed(bounds, reactions));
      if (solution.status !== "optimal") {
        const { status, limits } = solution;
        return { status, objective: Number.NaN, ...(limits === undefined ? {} : { switches: limits }) };
      }
      const { fluxes, objective: count } = solution;
      const switches = method === "room" ? { switches: [count, count] as const } : {};
      return { status: "optimal", objective: objectiveOf(sub.full, fluxes), fluxes, ...switches };
    },
    dispose: () => adjustment.dispose(),
  };
}

const ADJUSTMENTS = { moma: openMoma, "linear-moma": openLinearMoma, "linear-room": openLinearRoom };

/** Opens one of the predictors that compare with the wild type. */
export function openAdjusted(
  runtime: LpRuntime,
  sub: SubModel,
  method: Exclude<Method, "fba">,
  reference: Float64Array,
  room?: RoomOptions,
): Adjustment {
  requireContinuous(sub.full, method, "it rests on the wild type's one choice of directions and on linear programs");
  if (method === "room" || method === "linear-room") requireNoConstraints(sub.full, method);
  return method === "room" ? openRoom(runtime, sub, reference, room) : ADJUSTMENTS[method](runtime, sub, reference);
}

function fbaScreen(runtime: LpRuntime, sub: SubModel, bounds: FluxBounds): Screen {
  const session = runtime.open(netProgram(sub.model));
  const small = narrowed(sub, bounds);
  if (small !== undefined) session.setBounds(small.lower, small.upper);
  if (session.solve() === "optimal") session.startFrom(session.basis());
  return {
    solve: (reactions) => {
      const mutant = narrowed(sub, closed(bounds, reactions), small);
      if (mutant === undefined) return { status: "infeasible", objective: Number.NaN };
      session.setBounds(mutant.lower, mutant.upper);
      const status = session.solve();
      if (status !== "optimal") return { status, objective: Number.NaN };
      return { status, objective: session.objective(), fluxes: expanded(sub, session.point().values) };
    },
    dispose: () => session.dispose(),
  };
}

/** Value of the model's objective. */
export function objectiveOf({ objective }: FluxModel, fluxes: Float64Array): number {
  return objective.reduce((sum, c, j) => sum + c * (fluxes[j] ?? 0), 0);
}
