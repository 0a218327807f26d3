import type { CellModule, Window } from "../../cell/module.ts";
import { type ModuleStatus, OK } from "../../cell/status.ts";
import { type AffineOutcome, affineAt, affineSolver } from "../../numerics/ode/affine-ode.ts";
import { settleAccounts } from "./accounts.ts";
import { inflowOf } from "./inflow.ts";
import type { MediumOptions } from "./options.ts";
import { declarations, parameterNames, parametersFor } from "./parameters.ts";
import { mediumSystem } from "./system.ts";

const MOST_STEPS = 10_000;

/**
 * A well-mixed medium that owns pools (mmol/L) and biomass (gDW/L): batch, chemostat or fed-batch (then it owns `volume`,
 * L), with gas transfer.
 *
 * Others' rates with their feedback, gas transfer and dilution are all affine in what the medium owns, so a fast drain
 * is integrated implicitly and every contribution's share comes out of the same quadrature to round-off.
 * Edits: parameters `hold` (1: everything stays), `dilution` (1/h), `<pool>.kLa` (1/h) and
 * `<pool>.saturation` of a pool with a transfer, `<pool>.feed` (in the pool's unit), of a vessel `flow` (L/h),
 * `flowGrowth` (1/h) and `flowFrom` (h); clamps of what it owns.
 * @throws CellweaveError `medium/duplicate`, `medium/value`
 */
export function mediumModule(options: MediumOptions): CellModule {
  const id = options.id ?? "medium";
  const owns = declarations(options);
  const names = parameterNames(options);
  const solver = affineSolver(owns.length, {
    rtol: options.rtol ?? 1e-9,
    atol: Float64Array.from(owns, (variable) => 1e-12 * variable.nominal),
    maxSteps: MOST_STEPS,
  });
  let parameters = parametersFor(options, owns, []);
  return {
    id,
    owns,
    reads: [],
    adds: [],
    parameters: [...names],
    hold: { kind: "parameter", module: id, parameter: "hold", value: 1 },
    accepts: (edit) =>
      (edit.kind === "clamp" && owns.some((variable) => variable.id === edit.variable)) ||
      (edit.kind === "parameter" && edit.module === id && names.has(edit.parameter)),
    apply(edits) {
      parameters = parametersFor(options, owns, edits);
    },
    evaluate: () => OK,
    advance(window) {
      const inflow = inflowOf(parameters, window);
      const system = mediumSystem(window, parameters, inflow, owns.length);
      const outcome = solver.solve(system, window.t0, window.t1, window.start);
      if (outcome !== "done") return failure(outcome, window);
      settleAccounts(window, parameters, inflow, solver.solution);
      return OK;
    },
    interpolate(t, owned) {
      affineAt(solver.solution, t, owned);
    },
    snapshot: () => null,
    restore() {},
    dispose() {},
  };
}

function failure(outcome: Exclude<AffineOutcome, "done">, { t0, t1 }: Window): ModuleStatus {
  const message =
    outcome === "too-many-steps"
      ? `the medium needs more than ${MOST_STEPS} steps between ${t0} and ${t1} h`
      : `the medium's rates are not finite between ${t0} and ${t1} h`;
  return { ok: false, code: outcome, message, t: t0 };
}
