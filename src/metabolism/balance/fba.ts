import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LpRuntime, LpSession, LpStatus } from "../../numerics/programs/lp.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { fluxWeights, netFluxes, netProgram, splitBounds, splitProgram } from "../model/program.ts";
import { explainInfeasible, explainUnbounded } from "./conflict.ts";
import type { FluxSolution } from "./solution.ts";

/** A model held in the solver. Every answer depends on the bounds alone, never on what was solved before. */
export interface FluxSolver {
  readonly model: FluxModel;
  /** Largest (or least) objective; where several flux distributions reach it, one of them. */
  fba(bounds?: FluxBounds): FluxSolution;
  /**
   * Of all optimal flux distributions, the one of least total flux (sum of |v|); between equals the reactions' ids
   * decide, so that the answer is unique.
   * @see doi:10.1038/msb.2010.47
   */
  pfba(bounds?: FluxBounds): FluxSolution;
  dispose(): void;
}

/**
 * Opens a model for repeated solving.
 * @throws CellweaveError where the model states no objective
 */
export async function openFlux(model: FluxModel): Promise<FluxSolver> {
  requireObjective(model);
  return fluxSolver(model, await loadLp());
}

/** Fluxes that optimise the model's objective. */
export async function fba(model: FluxModel, bounds?: FluxBounds): Promise<FluxSolution> {
  return withSolver(model, (solver) => solver.fba(bounds));
}

/** Fluxes that optimise the model's objective with the least total flux. */
export async function pfba(model: FluxModel, bounds?: FluxBounds): Promise<FluxSolution> {
  return withSolver(model, (solver) => solver.pfba(bounds));
}

async function withSolver<T>(model: FluxModel, use: (solver: FluxSolver) => T): Promise<T> {
  const solver = await openFlux(model);
  try {
    return use(solver);
  } finally {
    solver.dispose();
  }
}

/** @throws CellweaveError where a model states no objective */
export function requireObjective(model: FluxModel): void {
  if (model.objective.some((c) => c !== 0)) return;
  const biomass = model.reactions.find(({ id }) => /biomass|growth/i.test(id))?.id;
  throw new CellweaveError("metabolism/no-objective", `model '${model.id}' states no objective`, {
    hint: `name one: --objective ${biomass ?? "with the id of its biomass reaction"}`,
    ...(model.file === undefined ? {} : { place: { file: model.file } }),
  });
}

/** By how much an objective may fall short, relative, where rounding makes the optimum itself infeasible. */
const ROUNDING = 1e-10;

function fluxSolver(model: FluxModel, runtime: LpRuntime): FluxSolver {
  let net: LpSession | undefined;
  let split: LpSession | undefined;
  const objectiveRow = model.metabolites.length;
  const opened = (session: LpSession): LpSession => {
    if (model.integer === undefined && session.solve() === "optimal") session.startFrom(session.basis());
    return session;
  };
  const costs = splitProgram(model).cost;
  const weights = fluxWeights(model);
  const each = costs.map((_, k) => (weights[k >> 1] ?? 1) * (model.sense === "maximize" ? -1 : 1));

  return {
    model,
    fba: (bounds = model.bounds) => {
      net ??= opened(runtime.open(netProgram(model)));
      net.setBounds(bounds.lower, bounds.upper);
      const status = net.solve();
      if (status !== "optimal") return failure(runtime, model, bounds, status);
      return { status, objective: net.objective(), fluxes: net.point().values };
    },
    pfba: (bounds = model.bounds) => {
      split ??= opened(runtime.open(splitProgram(model)));
      const { lower, upper } = splitBounds(bounds);
      split.setBounds(lower, upper);
      split.setCosts(costs);
      split.setRow(objectiveRow, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      const first = split.solve();
      if (first !== "optimal") return failure(runtime, model, bounds, first);
      const objective = split.objective();
      const keep = (limit: number) =>
        model.sense === "maximize"
          ? split?.setRow(objectiveRow, limit, Number.POSITIVE_INFINITY)
          : split?.setRow(objectiveRow, Number.NEGATIVE_INFINITY, limit);
      keep(objective);
      split.setCosts(each);
      let second = split.proceed();
      if (second !== "optimal") {
        keep(objective - (model.sense === "maximize" ? ROUNDING : -ROUNDING) * Math.abs(objective));
        second = split.solve();
      }
      if (second !== "optimal") return failure(runtime, model, bounds, second);
      return { status: second, objective, fluxes: netFluxes(split.point().values) };
    },
    dispose: () => {
      net?.dispose();
      split?.dispose();
    },
  };
}

/** What stands behind a status that isn't "optimal". */
export function failure(
  runtime: LpRuntime,
  model: FluxModel,
  bounds: FluxBounds,
  status: Exclude<LpStatus, "optimal">,
): FluxSolution {
  if (status === "infeasible") return explainInfeasible(runtime, model, bounds);
  if (status === "unbounded") return explainUnbounded(runtime, model, bounds);
  return { status, message: "the solver found no answer (numerical trouble); check for very large bounds", bounds: [] };
}
