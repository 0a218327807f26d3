/**
 * What a perturbation asks of the modules while it is active. Modules take what concerns them.
 *
 * - `gene`: production of a gene's product times `level` (0 knockout, 0.2 knockdown, 5 overexpression).
 *   `genotype` is true where the strain carries it since before the run, so no product is left over.
 * - `clamp`: a variable held at a value by its owner, in the variable's unit.
 * - `parameter`: a parameter of one module set to a value, in the parameter's unit.
 */
export type Edit =
  | { readonly kind: "gene"; readonly gene: string; readonly level: number; readonly genotype: boolean }
  | { readonly kind: "clamp"; readonly variable: string; readonly value: number }
  | { readonly kind: "parameter"; readonly module: string; readonly parameter: string; readonly value: number };

/** An edit with the time it is in force: from <= t < to, in hours. */
export interface TimedEdit {
  readonly edit: Edit;
  readonly from: number;
  readonly to: number;
}

/** A sudden change of state variables by the experimenter (a feed, a medium change), at one time in hours. */
export interface TimedJump {
  readonly variable: string;
  /** The new value, in the variable's unit. */
  readonly value: number;
  readonly at: number;
}
