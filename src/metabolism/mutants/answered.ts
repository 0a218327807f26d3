import type { FluxSolution } from "../balance/solution.ts";

/** Whether it is known how a mutant grows: it may well not, but no search gave up. */
export function isAnswered({ status }: { readonly status: FluxSolution["status"] }): boolean {
  return status === "optimal" || status === "infeasible";
}
