import type { CellModule, ModuleSnapshot } from "./module.ts";
import type { Variable } from "./variable.ts";

/** One feedback of one rate, resolved. */
export interface FeedbackWire {
  /** Index into the cell's variables. */
  readonly variable: number;
  /** Index into `owns` of the module that owns the target. */
  readonly local: number;
  /** Index into the cell's slopes. */
  readonly slope: number;
}

/** One rate that a module adds to a variable of another, resolved. */
export interface RateWire {
  /** Index into the cell's rates. */
  readonly rate: number;
  /** Position in `Cell.parts` of the module that adds. */
  readonly from: number;
  /** Index into the cell's variables, and into `owns` of the owner. */
  readonly target: number;
  readonly local: number;
  readonly feedback: readonly FeedbackWire[];
}

/** One module with its place in the cell's arrays. */
export interface Part {
  readonly module: CellModule;
  /** The module's variables are [offset, offset + count) of the cell's, its rates and slopes likewise. */
  readonly offset: number;
  readonly count: number;
  readonly rateOffset: number;
  readonly rateCount: number;
  readonly slopeOffset: number;
  readonly slopeCount: number;
  /** Indices into the cell's variables, shape of `module.reads`. */
  readonly reads: Int32Array;
  /** Indices into `module.owns` of what is integrated. */
  readonly states: Int32Array;
  /** Rates of others on what this module owns, by module id, then in order of declaration. */
  readonly receives: readonly RateWire[];
}

/** Composed modules: every name resolved to an index, the order of evaluation fixed. */
export interface Cell {
  readonly variables: readonly Variable[];
  /** Index into `variables` by id. */
  readonly index: ReadonlyMap<string, number>;
  /** By module id, so that the order in which modules were listed never matters. */
  readonly parts: readonly Part[];
  /** Positions in `parts`; a level reads outputs of earlier levels only. */
  readonly levels: readonly (readonly number[])[];
  readonly rateCount: number;
  readonly slopeCount: number;
  /** Of all modules as composed, in the order of `parts`: where every run starts. */
  readonly snapshots: readonly ModuleSnapshot[];
}

/** Initial values of every variable, shape [variables]. */
export function initialState(cell: Cell): Float64Array {
  return Float64Array.from(cell.variables, (variable) => variable.initial);
}

/** Index of a variable by id, or -1. */
export function indexOf(cell: Cell, id: string): number {
  return cell.index.get(id) ?? -1;
}
