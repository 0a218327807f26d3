import type { LpRuntime } from "../numerics/lp.ts";
import { closed } from "./edits.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";
import type { Method } from "./methods.ts";
import { openLinearMoma, openMoma } from "./moma.ts";
import { netProgram } from "./program.ts";
import { openRoom } from "./room.ts";
import type { FluxSolution } from "./solution.ts";

/** A mutant as a screen reports it. */
export interface MutantAnswer {
  readonly status: FluxSolution["status"];
  /** Value of the model's objective in the predicted fluxes; NaN where there are none. */
  readonly objective: number;
  /** Predicted fluxes, shape [reactions]; absent where there are none. */
  readonly fluxes?: Float64Array;
}

/** A model opened for predicting many mutants. */
export interface Screen {
  /** @param reactions that are closed, indices */
  solve(reactions: readonly number[]): MutantAnswer;
  dispose(): void;
}

/**
 * Opens a model for mutants.
 * @param reference wild-type fluxes (pFBA) that MOMA and ROOM compare with, shape [reactions]
 */
export function openScreen(
  runtime: LpRuntime,
  model: FluxModel,
  bounds: FluxBounds,
  method: Method,
  reference: Float64Array,
): Screen {
  if (method === "fba") return fbaScreen(runtime, model, bounds);
  const adjustment =
    method === "moma"
      ? openMoma(runtime, model, reference)
      : method === "linear-moma"
        ? openLinearMoma(runtime, model, reference)
        : openRoom(runtime, model, reference, { linear: method === "linear-room" });
  return {
    solve: (reactions) => {
      const solution = adjustment.solve(closed(bounds, reactions));
      if (solution.status !== "optimal") return { status: solution.status, objective: Number.NaN };
      return { status: "optimal", objective: objectiveOf(model, solution.fluxes), fluxes: solution.fluxes };
    },
    dispose: () => adjustment.dispose(),
  };
}

function fbaScreen(runtime: LpRuntime, model: FluxModel, bounds: FluxBounds): Screen {
  const session = runtime.open(netProgram(model));
  session.setBounds(bounds.lower, bounds.upper);
  if (session.solve() === "optimal") session.startFrom(session.basis());
  return {
    solve: (reactions) => {
      for (const j of reactions) session.setBound(j, 0, 0);
      const status = session.solve();
      const answer: MutantAnswer =
        status === "optimal"
          ? { status, objective: session.objective(), fluxes: session.point().values }
          : { status, objective: Number.NaN };
      for (const j of reactions) session.setBound(j, bounds.lower[j] ?? 0, bounds.upper[j] ?? 0);
      return answer;
    },
    dispose: () => session.dispose(),
  };
}

/** Value of the model's objective. */
export function objectiveOf({ objective }: FluxModel, fluxes: Float64Array): number {
  return objective.reduce((sum, c, j) => sum + c * (fluxes[j] ?? 0), 0);
}
