import type { LpRuntime } from "../../numerics/programs/lp.ts";
import { boundText } from "../balance/conflict.ts";
import { failure } from "../balance/fba.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import type { EditedSetting } from "./edits.ts";
import type { MetabolicSetup } from "./setup.ts";

/** How many limits a sentence names. */
const NAMED = 4;

/** Why the maintenance that is demanded can't be paid: the limits each of which, raised alone, would lessen the shortfall. */
export function shortfallWords({ setting, programs, maintenance }: MetabolicSetup, edited: EditedSetting): string {
  const { model } = setting;
  const fed = edited.exchanges.filter(({ vmax }) => vmax > 0);
  const uptakes = new Map(fed.map(({ reaction }, k) => [2 * reaction + 1, k]));
  const enzymes = new Set(edited.limits.map(({ reaction }) => reaction));
  const isStated = (column: number) => {
    const j = column >> 1;
    const open = column % 2 === 0 ? (edited.bounds.upper[j] ?? 0) > 0 : (edited.bounds.lower[j] ?? 0) < 0;
    return uptakes.has(column) || edited.clamped[j] === 1 || (enzymes.has(j) && open);
  };
  const limits = programs.present.limitsOfShortfall().filter(isStated);
  limits.sort((a, b) => (uptakes.get(a) ?? fed.length) - (uptakes.get(b) ?? fed.length) || a - b);
  const ids = [...new Set(limits.map((column) => model.reactions[column >> 1]?.id ?? ""))];
  const demand = `${model.reactions[maintenance ?? -1]?.id ?? "maintenance"} >= ${Number(edited.demand.toPrecision(6))}`;
  return `starvation: ${demand} can't be met, growth has ended; limiting: ${listed(ids, "what the medium lacks")}`;
}

/** Why no flux distribution meets the bounds: the demands that are let go, and the uptakes and enzymes they met. */
export function infeasibleWords(
  runtime: LpRuntime,
  model: FluxModel,
  bounds: FluxBounds,
  { exchanges, limits: enzymes }: EditedSetting,
): string {
  const cause = failure(runtime, model, bounds, "infeasible");
  const found = cause.status === "infeasible" ? cause.bounds : [];
  const isDemand = ({ side, value }: (typeof found)[number]) => (side === "lower" ? value > 0 : value < 0);
  const demands = found.filter(isDemand).map(boundText);
  const met = new Set(found.filter((bound) => !isDemand(bound)).map(({ reaction }) => reaction));
  const stated = [
    ...exchanges.filter(({ vmax }) => vmax > 0).map(({ id }) => id),
    ...enzymes.map(({ reaction }) => model.reactions[reaction]?.id ?? ""),
  ];
  const what = demands.length === 0 ? "bounds that exclude each other" : demands.slice(0, NAMED).join(", ");
  const limits = listed(
    stated.filter((id) => met.has(id)),
    "the reactions there are",
  );
  return `infeasible: ${what} can't be met and is let go, growth has ended; limiting: ${limits}`;
}

/**
 * The feasibility extension: every flux that was forced may rest, and nothing grows. Resting is always possible.
 * Changes the bounds in place.
 */
export function letGo({ lower, upper }: FluxBounds, growth: number): void {
  for (let j = 0; j < lower.length; j++) {
    lower[j] = Math.min(0, lower[j] ?? 0);
    upper[j] = Math.max(0, upper[j] ?? 0);
  }
  lower[growth] = 0;
  upper[growth] = 0;
}

function listed(ids: readonly string[], none: string): string {
  if (ids.length === 0) return none;
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : "";
  return ids.slice(0, NAMED).join(", ") + more;
}
