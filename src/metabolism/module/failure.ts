import type { LpRuntime, LpStatus } from "../../numerics/programs/lp.ts";
import { failure } from "../balance/fba.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import type { MetabolicSetup } from "./setup.ts";

/** Why a module's program has no optimum; where a flux can grow without end, the first of growth and the goals that does. */
export function failureWords(
  { setting: { model }, aims }: Pick<MetabolicSetup, "setting" | "aims">,
  runtime: LpRuntime,
  bounds: FluxBounds,
  status: Exclude<LpStatus, "optimal">,
): string {
  for (const { reaction, sense } of [{ reaction: aims.growth, sense: "maximize" } as const, ...aims.goals]) {
    const objective = new Float64Array(model.reactions.length);
    objective[reaction] = 1;
    const cause = failure(runtime, { ...model, objective, sense }, bounds, status);
    if (cause.status === "unbounded" && cause.bounds.length > 0)
      return `${model.reactions[reaction]?.id}: ${cause.message}`;
    if (cause.status !== "optimal" && cause.status !== "unbounded") return cause.message;
  }
  return status;
}
