import { CellweaveError } from "../../errors.ts";
import { openFlux } from "../../metabolism/balance/fba.ts";
import type { FluxSolution } from "../../metabolism/balance/solution.ts";
import { bounded, closed, reactionAt, reactionsWithout } from "../../metabolism/model/edits.ts";
import { balance, type FluxBounds, type FluxModel } from "../../metabolism/model/flux-model.ts";
import type { Method } from "../../metabolism/mutants/methods.ts";
import { openAdjusted } from "../../metabolism/mutants/screen.ts";
import { presolve } from "../../metabolism/presolve/presolve.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import { nearestPoints } from "../../numerics/programs/nearest-point.ts";
import { type FluxEntry, threeWays } from "./flux-rows.ts";
import type { FluxTask } from "./flux-task.ts";

const GLUCOSE = "EX_glc__D_e";
const MAINTENANCE = "ATPM";
const ADJUSTED: readonly Exclude<Method, "fba">[] = ["moma", "linear-moma", "room", "linear-room"];
const LABEL = {
  moma: "MOMA",
  "linear-moma": "linear MOMA",
  room: "ROOM",
  "linear-room": "linear ROOM",
} as const;
/** Pull of fluxes that nobody measured towards zero, so that the wild type's are unique. */
const UNMEASURED = 1e-6;

/**
 * What flux balance says of the strains, with the wild type's glucose uptake as its limit: FBA and pFBA of fastest
 * growth; MOMA and ROOM from the flux distribution nearest to the measured wild type. A gene that the model lacks
 * changes nothing.
 */
export async function fluxBalanceEntries(model: FluxModel, task: FluxTask): Promise<FluxEntry[]> {
  const runtime = await loadLp();
  const bounds = bounded(model, model.bounds, GLUCOSE, -task.uptake, 0);
  const strains = task.strains.map((gene) => closed(bounds, reactionsWithout(model, genesNamed(model, gene))));
  const shares = sharesOf(model, task);
  const solver = await openFlux(model);
  const optimal = (name: string, solve: (bounds: FluxBounds) => FluxSolution): FluxEntry[] => {
    const entry = { name, predicted: strains.map((strain) => shares(solve(strain))) };
    return threeWays(task, entry, shares(solve(bounds)));
  };
  const entries = [...optimal("FBA (one of many optima)", solver.fba), ...optimal("pFBA", solver.pfba)];
  solver.dispose();
  const free = bounded(model, bounds, MAINTENANCE, 0, Number.POSITIVE_INFINITY);
  const wildType = nearest(model, free, task);
  const sub = presolve(runtime, model, free);
  for (const method of ADJUSTED) {
    const adjustment = openAdjusted(runtime, sub, method, wildType);
    const predicted = task.strains.map((gene) =>
      shares(adjustment.solve(closed(free, reactionsWithout(model, genesNamed(model, gene))))),
    );
    adjustment.dispose();
    const entry = { name: `${LABEL[method]} from the nearest fluxes`, predicted };
    entries.push(...threeWays(task, entry, shares({ status: "optimal", objective: 0, fluxes: wildType })));
  }
  return entries;
}

/** Genes of that name; none where the model lacks it. */
function genesNamed(model: FluxModel, name: string): number[] {
  return model.genes.flatMap((gene, k) => (gene.name === name || gene.id === name ? [k] : []));
}

/** Fluxes by the task's reactions, divided by glucose uptake; zeros where there is no uptake or no distribution. */
function sharesOf(model: FluxModel, { reactions }: FluxTask) {
  const index = reactions.map((id) => reactionAt(model, id));
  const glucose = reactionAt(model, GLUCOSE);
  return (solution: FluxSolution): Float64Array => {
    if (solution.status !== "optimal") return new Float64Array(index.length);
    const uptake = -(solution.fluxes[glucose] ?? 0);
    return Float64Array.from(index, (j) => (uptake > 1e-9 ? (solution.fluxes[j] ?? 0) / uptake : 0));
  };
}

/** The balanced fluxes nearest to the measured wild type's (least squares over what was measured). */
function nearest(model: FluxModel, { lower, upper }: FluxBounds, task: FluxTask): Float64Array {
  const weights = new Float64Array(model.reactions.length).fill(UNMEASURED);
  const measured = new Float64Array(weights.length);
  task.reactions.forEach((id, i) => {
    const j = reactionAt(model, id);
    weights[j] = 1;
    measured[j] = task.uptake * (task.reference[i] ?? 0);
  });
  const away = (bound: number, j: number) => bound - (measured[j] ?? 0);
  const missing = balance(model, measured).map((gained) => -gained);
  const change = nearestPoints(model.stoichiometry, weights).solve(lower.map(away), upper.map(away), missing);
  if (change !== undefined) return measured.map((m, j) => m + (change[j] ?? 0));
  throw new CellweaveError("fluxes/wild-type", "no balanced fluxes near the measured wild type's were found", {
    kind: "solver",
  });
}
