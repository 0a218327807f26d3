import type { CellModule } from "../../cell/module.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";

/** The flux balance problem of a cell at an instant; mmol gDW^-1 h^-1. */
export interface FluxProblem {
  /** With growth as its objective. */
  readonly model: FluxModel;
  /** What pools offer, enzymes carry and edits leave; maintenance as far as it can be paid. */
  readonly bounds: FluxBounds;
  /** The cell's own fluxes, shape [reactions]; undefined where it has none. */
  readonly fluxes: Float64Array | undefined;
}

/** A metabolic module that can be asked for its problem. */
export interface MetabolicModule extends CellModule {
  readonly model: FluxModel;
  /**
   * The problem under the edits in force, whatever was asked before.
   * @param reads values of `reads`, same order
   */
  problemAt(reads: Float64Array): FluxProblem;
}

/** Whether a module of a cell is a metabolic one. */
export function isMetabolic(module: CellModule): module is MetabolicModule {
  return "problemAt" in module;
}
