import type { SimulateOptions } from "../../engine/options.ts";
import type { Goal } from "../balance/lexicographic.ts";
import type { VesselOptions } from "../medium/options.ts";
import type { FluxModel } from "../model/flux-model.ts";

/** Kinetics of one uptake: vmax c / (km + c). */
export interface UptakeOption {
  /** Exchange reaction, `EX_glc__D_e`. */
  readonly reaction: string;
  /** mmol gDW^-1 h^-1; the model's own bound where absent. */
  readonly vmax?: number;
  /** mmol/L; `DEFAULT_KM` where absent. */
  readonly km?: number;
}

/** One strain of a dynamic flux balance analysis. */
export interface StrainOption {
  /** Short, without spaces; names its variables where there are several strains. */
  readonly name: string;
  readonly model: FluxModel;
  /** gDW/L at the start. */
  readonly biomass: number;
  readonly uptake?: readonly UptakeOption[];
  /** After growth, in order; see `MetabolicOptions.goals`. */
  readonly goals?: readonly Goal[];
}

/** One compound of the medium, by metabolite id (`glc__D_e`). */
export interface CompoundOption {
  readonly id: string;
  /** mmol/L at the start. */
  readonly initial: number;
  /** mmol/L in the feed; 0 where absent. */
  readonly feed?: number;
  /** Exchange with a gas: kLa in 1/h, saturation in mmol/L. */
  readonly transfer?: { readonly kLa: number; readonly saturation: number };
}

/** A dynamic flux balance analysis in one well-mixed medium. */
export interface DynamicOptions
  extends Pick<SimulateOptions, "rtol" | "atol" | "signal" | "onProgress" | "maxSteps" | "edits" | "jumps"> {
  readonly strains: readonly StrainOption[];
  readonly compounds: readonly CompoundOption[];
  /**
   * Compounds that are followed though nobody says how much there is at the start (none). Where absent, in models of at
   * most 60 exchanges, all with carbon but CO2.
   */
  readonly track?: readonly string[];
  /** Chemostat: 1/h. */
  readonly dilution?: number;
  /** Fed-batch; the feed begins at `flowFrom`. */
  readonly vessel?: VesselOptions;
  /** End, hours. */
  readonly to: number;
  /** Evenly spaced times that are kept; 201 where absent. */
  readonly points?: number;
}

/** mmol/L; where nobody gives the concentration of half-maximal uptake. */
export const DEFAULT_KM = 0.01;
