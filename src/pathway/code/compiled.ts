import type { GraphCall } from "../../numerics/expressions/graph-module.ts";
import type { Program } from "../../numerics/expressions/graph-program.ts";
import type { SmallRandom } from "../../numerics/random.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import type { PathwayEvent } from "../network/events.ts";
import type { ClampSlots, Network, SpeedSlots } from "../network/network-types.ts";
import type { DelayHistory } from "../run/delay-history.ts";
import type { PathwayState, PathwaySymbol } from "../symbols.ts";
import type { ModelCode } from "./model-code.ts";
import type { ModelMemory } from "./model-memory.ts";
import type { StartImage } from "./start-image.ts";

/** A document compiled to programs over one memory; every index is resolved. */
export interface CompiledPathway extends Disposable {
  readonly document: SbmlDocument;
  /** Its definitions over slots, before they were compiled. */
  readonly network: Network;
  /** Its mathematics as a graph. */
  readonly code: ModelCode;
  readonly memory: ModelMemory;
  readonly symbols: ReadonlyMap<string, PathwaySymbol>;
  /** Components of the state vector; state i lies in slot 1 + i. */
  readonly states: readonly PathwayState[];
  /** The memory: time, states, derivatives, everything else. To be read anew after anything was compiled: memory may have moved. */
  readonly values: Float64Array;
  /** Part of `values`, shape [states]. */
  readonly stateValues: Float64Array;
  /** Part of `values`, shape [states]. */
  readonly derivatives: Float64Array;
  readonly events: readonly PathwayEvent[];
  /** States that triggers depend on, as indices. */
  readonly triggerStates: readonly number[];
  readonly clamps: ReadonlyMap<string, ClampSlots>;
  readonly warnings: readonly string[];
  /** Values that slots have before `initialise` computes anything; whoever runs the model may change them. */
  readonly startValues: StartImage;
  /** Sets everything to the start at a time: the start values, initial assignments, rules. */
  initialise(t: number): void;
  /** What `initialise` calls over the model's memory, in order; what algebraic rules and delays need beside that left out. */
  readonly beginning: readonly GraphCall[];
  /** Recomputes what changes only when a parameter, a held quantity or an event changes it. */
  settle(): void;
  /** Fills the derivatives for the time and states in memory. */
  differentiate(): void;
  /** Computes every quantity for the time and states in memory. */
  observe(): void;
  /** Computes one reaction's rate; compiled only with `singleRates`. */
  programFor(rate: number): Program;
  /** Slots that the value of a slot depends on. */
  slotsBehind(slot: number): ReadonlySet<number>;
  /** What random draws come from; whoever runs the model puts its own stream here. */
  readonly draws: { random: SmallRandom };
  /** Where fast reactions are: slots of the speeds of what is slow and what is fast. */
  readonly speeds: SpeedSlots | undefined;
  /** Past values of delayed expressions. */
  readonly history: DelayHistory;
  /** Computes the delayed expressions and their delays for the time and states in memory. */
  computeDelayed(): void;
  /** Slots of the margins that `testTriggers` computes: left side less right side of every relation in a trigger. */
  readonly marginSlots: readonly number[];
  /** Computes the triggers, and their margins, for the time and states in memory. */
  testTriggers(): void;
}
