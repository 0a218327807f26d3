import type { CellModule, Window } from "../cell/module.ts";
import { type ModuleStatus, OK } from "../cell/status.ts";
import { type AffineOutcome, affineAt, affineSolver } from "../numerics/affine-ode.ts";
import { settleAccounts } from "./medium-accounts.ts";
import { inflowOf } from "./medium-inflow.ts";
import { declarations, parameterNames, parametersFor } from "./medium-parameters.ts";
import { mediumSystem } from "./medium-system.ts";

/** A dissolved compound. */
export interface PoolOptions {
  /** `pool:<BiGG id>`, for example `pool:glc__D_e`. */
  readonly variable: string;
  /** Concentration at the start, in `unit`. */
  readonly initial: number;
  /** Default `mmol/L`. */
  readonly unit?: string;
  /** Magnitude at which an error matters, in `unit`; default 1. */
  readonly nominal?: number;
  readonly label?: string;
  /** Exchange with a gas: kLa (1/h) times (saturation (in `unit`) - concentration). */
  readonly transfer?: { readonly kLa: number; readonly saturation: number };
  /** Concentration in the feed, in `unit`; default 0. */
  readonly feed?: number;
}

export interface BiomassOptions {
  /** Default `biomass`; another id for a second strain. */
  readonly variable?: string;
  /** gDW/L at the start. */
  readonly initial: number;
  /** gDW/L; default 0.1. */
  readonly nominal?: number;
  readonly label?: string;
}

export interface MediumOptions {
  /** Default `medium`. */
  readonly id?: string;
  readonly pools: readonly PoolOptions[];
  readonly biomass: BiomassOptions | readonly BiomassOptions[];
  /** Dilution rate in 1/h of a chemostat, which keeps its volume; default 0. */
  readonly dilution?: number;
  /** A vessel that a feed fills; without one the volume stays as it is. */
  readonly vessel?: VesselOptions;
  /** Relative tolerance of the integration inside a macro-step; default 1e-9. */
  readonly rtol?: number;
}

/** Fed-batch: a feed of flow x exp(flowGrowth x (t - flowFrom)) that fills the vessel from `flowFrom` on. */
export interface VesselOptions {
  /** L at the start; the variable `volume`. */
  readonly volume: number;
  /** L/h when it begins; default 0. */
  readonly flow?: number;
  /** Growth of an exponential feed, 1/h; default 0, a constant feed. */
  readonly flowGrowth?: number;
  /** Hours; before it nothing flows. Default 0. An engine steps over it exactly where an edit begins there. */
  readonly flowFrom?: number;
}

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
