import { bounded, closed, reactionAt, reactionsWithout } from "../../metabolism/edits.ts";
import { openFlux } from "../../metabolism/fba.ts";
import type { FluxBounds, FluxModel } from "../../metabolism/flux-model.ts";
import type { Method } from "../../metabolism/methods.ts";
import { presolve } from "../../metabolism/presolve/presolve.ts";
import { netProgram } from "../../metabolism/program.ts";
import { openAdjusted } from "../../metabolism/screen.ts";
import type { FluxSolution } from "../../metabolism/solution.ts";
import { type LpRuntime, loadLp } from "../../numerics/lp.ts";
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
  const wildType = nearest(runtime, model, free, task);
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
function nearest(runtime: LpRuntime, model: FluxModel, bounds: FluxBounds, task: FluxTask): Float64Array {
  const quadratic = new Float64Array(model.reactions.length).fill(2 * UNMEASURED);
  const cost = new Float64Array(quadratic.length);
  task.reactions.forEach((id, i) => {
    const j = reactionAt(model, id);
    quadratic[j] = 2;
    cost[j] = -2 * task.uptake * (task.reference[i] ?? 0);
  });
  const session = runtime.open({ ...netProgram(model), ...bounds, sense: "minimize", cost, quadratic });
  const status = session.solve();
  const fluxes = session.point().values.slice();
  session.dispose();
  if (status !== "optimal") throw new Error(`the nearest fluxes: ${status}`);
  return fluxes;
}
