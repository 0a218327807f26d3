export type VariableKind = "species" | "flux" | "activity" | "expression" | "pool" | "biomass" | "distance";

/**
 * One number of the cell state, as its owner declares it.
 *
 * Ids carry their kind: `species:cAMP`, `flux:PFK`, `activity:ArcA`, `expression:b1241`, `pool:glc__D_e`, `biomass`.
 */
export interface VariableDeclaration {
  readonly id: string;
  readonly kind: VariableKind;
  /** Unit as a person writes it: `mmol/L`, `mmol/gDW/h`, `1` for a ratio. */
  readonly unit: string;
  /** `state`: integrated by its owner. `output`: a function of the present state, without memory. */
  readonly role: "state" | "output";
  /** Value at the start, in `unit`. Outputs are evaluated before anything is recorded. */
  readonly initial: number;
  /** Magnitude at which an error matters, in `unit`; the absolute tolerance is atol x nominal. */
  readonly nominal: number;
  /** What a figure writes beside the line; the id where absent. */
  readonly label?: string;
}

/** A variable of a composed cell. */
export interface Variable extends VariableDeclaration {
  /** Id of the module that owns it. */
  readonly owner: string;
}
