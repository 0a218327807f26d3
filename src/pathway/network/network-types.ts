import type { GraphModule } from "../../numerics/expressions/graph-module.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import type { DelaySlots } from "../run/delay-history.ts";
import type { Classified } from "./classify.ts";
import type { DefinitionGraph } from "./definitions.ts";
import type { Drives } from "./drives.ts";
import type { Lowering } from "./lower.ts";

export interface NetworkOptions {
  /** Values in place of the file's, by parameter id; an initial assignment of that id is dropped. */
  readonly parameters?: ReadonlyMap<string, number>;
  /** Ids whose values come from outside as time goes on. */
  readonly driven?: ReadonlySet<string>;
  /** Ids of quantities that are integrated even where nothing in the file changes them. */
  readonly integrated?: ReadonlySet<string>;
  /** Whether every reaction's rate is compiled by itself too, for jumps. */
  readonly singleRates?: boolean;
  /** Ids of reactions whose rates get a factor that whoever runs the model may change. */
  readonly gates?: ReadonlySet<string>;
  /** Compiled modules of the same model with the same options, in the order it compiles them: they are not made again. */
  readonly modules?: readonly GraphModule[];
  /** Slots beyond those of the model, for whoever runs it; the first is `network.spare`. */
  readonly spare?: number;
  /** Ids of assigned quantities that may be held at a value instead. */
  readonly clampable?: ReadonlySet<string>;
}

/** Slots of factors on all slow and all fast rates of change. */
export interface SpeedSlots {
  readonly slow: number;
  readonly fast: number;
}

/** Slots that hold an assigned quantity at a value: where `flag` is not 0 the quantity is `value`. */
export interface ClampSlots {
  readonly flag: number;
  readonly value: number;
}

/** A document as definitions over slots; nothing is compiled yet. */
export interface Network extends Classified {
  readonly document: SbmlDocument;
  readonly lowering: Lowering;
  /** What holds at every time. */
  readonly always: DefinitionGraph;
  /** What holds at the start. */
  readonly initially: DefinitionGraph;
  /** Values that slots have before anything is computed. */
  readonly constants: ReadonlyMap<number, number>;
  readonly clamps: ReadonlyMap<string, ClampSlots>;
  /** Slots of the factors on reactions' rates, by reaction; they start at 1. */
  readonly gates: ReadonlyMap<string, number>;
  /** Slots that the algebraic rules make zero, in order of `unknowns`. */
  readonly residuals: readonly number[];
  /** Where fast reactions are: slots of the speeds of what is slow and what is fast. */
  readonly speeds: SpeedSlots | undefined;
  /** Where inputs from outside have their course over a window; undefined where nothing is driven. */
  readonly drives: Drives | undefined;
  /** Slots of delayed expressions and of their delays. */
  readonly delays: DelaySlots;
  /** The first of the slots that were asked for beyond those of the model. */
  readonly spare: number;
  readonly warnings: readonly string[];
}
