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

/** Cells of one strain. */
export interface BiomassOptions {
  /** Default `biomass`; another id for a second strain. */
  readonly variable?: string;
  /** gDW/L at the start. */
  readonly initial: number;
  /** gDW/L; default 0.1. */
  readonly nominal?: number;
  readonly label?: string;
}

/** A medium and what grows in it. */
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
