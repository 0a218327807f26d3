import type { Edit } from "./edit.ts";
import type { ModuleStatus } from "./status.ts";
import type { VariableDeclaration } from "./variable.ts";

/** A rate that a module adds to a state variable of another module. */
export interface RateDeclaration {
  /** Id of the state variable that receives the rate. */
  readonly target: string;
  /**
   * Ids of state variables of the target's owner whose change alters the rate at once. For each the module
   * gives the partial derivative, so that the owner can integrate a fast drain implicitly.
   */
  readonly feedback: readonly string[];
}

/** One instant, for evaluating what has no memory. All times are hours. */
export interface Instant {
  readonly t: number;
  /** Values of `module.reads`, same order. */
  readonly reads: Float64Array;
  /** Values of `module.owns`, same order: states come in, outputs are filled. */
  readonly owned: Float64Array;
  /** Filled: rates for `module.adds`, same order, in the target's unit per hour. */
  readonly rates: Float64Array;
  /** Filled: d rate / d variable for every feedback of every rate, in order of declaration. */
  readonly feedback: Float64Array;
}

/** How one rate answers to one variable of the owner: slope (rate per unit of variable) at both ends of the window. */
export interface Feedback {
  /** Index into the receiving module's `owns`. */
  readonly variable: number;
  slope0: number;
  slope1: number;
  /** The variable's value for which rate0 and rate1 were computed. */
  anchor0: number;
  anchor1: number;
  /** The anchor's departure from the line between its ends; 0 where absent. */
  anchorBend?: number;
}

/**
 * A rate that another module adds over a window. With s = (t - t0) / (t1 - t0) and every pair (a0, a1) with its bend
 * read as a(s) = a0 + s (a1 - a0) + s (s - 1) bend, the rate is r(s) + sum over feedback of
 * slope(s) (x_variable - anchor(s)).
 */
export interface Contribution {
  /** Id of the module that adds. */
  readonly from: string;
  /** Index into the receiving module's `owns`. */
  readonly target: number;
  rate0: number;
  rate1: number;
  /** The rate's departure from the line between its ends; 0 where absent. */
  bend?: number;
  readonly feedback: readonly Feedback[];
}

/** A macro-step as one module sees it. All times are hours. */
export interface Window {
  readonly t0: number;
  readonly t1: number;
  /** Values of `module.reads` at t0 and t1; in between the line or, with `readsBend`, a parabola: see `readsAt`. */
  readonly reads0: Float64Array;
  readonly reads1: Float64Array;
  /** Departure of each read from its line, so that it is a0 + s (a1 - a0) + s (s - 1) bend; 0 where absent. */
  readonly readsBend?: Float64Array;
  /** Rates that others add to what this module owns. */
  readonly contributions: readonly Contribution[];
  /** Values of `module.owns` at t0. */
  readonly start: Float64Array;
  /** Filled: values of the states of `module.owns` at t1 (outputs are left to `evaluate`). */
  readonly owned: Float64Array;
  /** Filled: what each contribution moved over the window, in the target's unit, same order as `contributions`. */
  readonly moved: Float64Array;
  /**
   * Filled by a module that accounts for its own dynamics: what they moved into each of `owns`, same order. The
   * engine hands it over as NaN and takes what stays NaN as the remainder; what is filled has to close the ledger.
   */
  readonly own?: Float64Array;
  /** Filled by a module whose states changed suddenly in the window: their values just before, same order as `owns`. */
  readonly before?: Float64Array;
}

/** Whatever a module needs to go on from an instant; plain data that `structuredClone` and JSON carry. */
export type ModuleSnapshot = unknown;

/** What one unit of a variable is made of: amounts by element, and by `charge`; in the variable's unit times atoms. */
export type Content = ReadonlyMap<string, number>;

/** What is known of the matter that a module moves. */
export interface Matter {
  /** Content of each target of `adds`, same order; undefined where no formula is known. */
  readonly contents: readonly (Content | undefined)[];
  /** Elements that the module may also move across borders that nothing accounts for; undefined where that is not known. */
  readonly open: ReadonlySet<string> | undefined;
}

/** Something a module did, or was spared, so often; a fixed name, such as `linear programs solved`. */
export interface Work {
  readonly what: string;
  readonly count: number;
}

/**
 * Something that owns variables and says how they change. The engine alone writes the cell state.
 *
 * Order of calls: `apply` at the start and whenever the set of active edits changes; `evaluate` at an instant;
 * `advance` over a window, any number of times from the same snapshot; `interpolate` inside the last window advanced.
 */
export interface CellModule {
  readonly id: string;
  readonly owns: readonly VariableDeclaration[];
  /** Ids of variables of other modules. */
  readonly reads: readonly string[];
  readonly adds: readonly RateDeclaration[];
  /**
   * Whether its states carry noise, drawn from a stream that its snapshot holds. Such states are neither extrapolated nor
   * judged by the error control; what others make of them is.
   */
  readonly stochastic?: boolean;
  /** The edit that keeps its states where they are, where it has one: a preculture holds the medium by it. */
  readonly hold?: Edit;
  /** Names of the parameters that edits may set, for hints. */
  readonly parameters?: readonly string[];
  /** Whether this edit concerns the module. An edit that concerns none is the user's mistake. */
  accepts(edit: Edit): boolean;
  /** The edits in force from now on, in place of those before. */
  apply(edits: readonly Edit[]): void;
  /**
   * Outputs, rates and feedback at an instant. States are not changed; what a module remembers of it (a basis, an answer)
   * may decide between answers that are equal within its accuracy, and is gone with the next `beginStep`.
   */
  evaluate(instant: Instant): ModuleStatus | Promise<ModuleStatus>;
  /** States at the end of a window, from its start. */
  advance(window: Window): ModuleStatus | Promise<ModuleStatus>;
  /** States inside the window last advanced, hours; fills the state entries of `owned` (shape of `owns`). */
  interpolate(t: number, owned: Float64Array): void;
  /** Whether `interpolate` fills outputs too; where it does not they follow the parabola through the ends of steps. */
  readonly denseOutputs?: boolean;
  snapshot(): ModuleSnapshot;
  restore(snapshot: ModuleSnapshot): void;
  /** What the rates it adds are made of. In every step they have to balance in all elements that are not open. */
  readonly matter?: Matter;
  /**
   * Key of the smooth piece the module was on at the instant last evaluated (an LP basis, a regime); a change between
   * the ends of a window is a kink, which the engine locates and where it stops.
   */
  regime?(): string;
  /** Names what differs between two regimes: what entered, what left, at which bound. */
  changeOf?(from: string, to: string): string;
  /**
   * Called before a macro-step is tried: what was remembered since the last snapshot is forgotten, so that a run resumed
   * from that snapshot remembers the same.
   */
  beginStep?(): void;
  /** What it did since it was made; the engine reports the difference over a run. */
  work?(): readonly Work[];
  /**
   * Time in hours of the first sudden change of states (an event) inside the window last advanced, undefined where there
   * was none. The engine repeats the step up to that time; then `owned` holds the states after the change, `before` those
   * just before it, and everything is evaluated anew.
   */
  suddenChange?(): number | undefined;
  dispose(): void;
}
