/** A sparse matrix by columns: entries of column j stand at starts[j] .. starts[j + 1] of `rows` and `values`. */
export interface SparseColumns {
  readonly rowCount: number;
  /** Shape [columns + 1], first 0. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/**
 * Maximise or minimise cost x subject to rowLower <= A x <= rowUpper, lower <= x <= upper.
 * Infinite bounds are `Infinity` and `-Infinity`.
 */
export interface LinearProgram {
  readonly sense: "maximize" | "minimize";
  readonly matrix: SparseColumns;
  /** Shape [columns], as are `lower` and `upper`. */
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Shape [rows], as is `rowUpper`. */
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /**
   * What will change between solves: with "costs" the start basis stays feasible and primal simplex goes on from it,
   * with "bounds" (where absent) dual simplex does. The answer is the same, the time is not.
   */
  readonly changing?: "bounds" | "costs";
  /** 1 where a column takes whole numbers only, shape [columns]; all continuous where absent. */
  readonly integer?: Uint8Array;
  /** Branches of the search for whole numbers after which it gives up with "failed"; no limit where absent. */
  readonly branches?: number;
  /** How far from what can't be beaten that search may end, relative; HiGHS' 1e-4 where absent. */
  readonly gap?: number;
}

export type LpStatus = "optimal" | "infeasible" | "unbounded" | "failed";

/** Where each column and row of a vertex stands; HiGHS' codes. */
export interface LpBasis {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

export const BASIS = { lower: 0, basic: 1, upper: 2, zero: 3, nonbasic: 4 } as const;

/** Values and duals at an optimum: reduced costs by column, shadow prices by row, signed for the objective as stated. */
export interface LpPoint {
  readonly values: Float64Array;
  readonly reducedCosts: Float64Array;
  readonly rowValues: Float64Array;
  readonly rowDuals: Float64Array;
}

/**
 * One program held in the solver and solved many times. Every solve starts from the basis last given to `startFrom`
 * (from scratch before that), so an answer depends on the program alone and never on earlier solves.
 */
export interface LpSession {
  readonly columns: number;
  readonly rows: number;
  setBounds(lower: Float64Array, upper: Float64Array): void;
  setBound(column: number, lower: number, upper: number): void;
  setCosts(cost: Float64Array): void;
  setCost(column: number, cost: number): void;
  setRow(row: number, lower: number, upper: number): void;
  setSense(sense: LinearProgram["sense"]): void;
  /** The basis from which every solve starts. */
  startFrom(basis: LpBasis): void;
  /**
   * Solves from the start basis; where that fails, from scratch with presolve, at last within 1e-7 instead of 1e-9.
   * @param proves asked of a dual ray (shape [rows]) where the first try found no optimum: true ends the search, "infeasible"
   */
  solve(proves?: (ray: Float64Array) => boolean): LpStatus;
  /** Solves from where the last solve ended: the second stage of a lexicographic problem. */
  proceed(): LpStatus;
  /** Value of the objective after "optimal"; of the best point found after a search that gave up, infinite for none. */
  objective(): number;
  /** What no solution can beat, after a search for whole numbers. */
  searchBound(): number;
  point(): LpPoint;
  basis(): LpBasis;
  /** Columns (>= 0) and rows (-1 - row) in the basis, in its own order; shape [rows]. */
  basic(): Int32Array;
  /** How the basic entries fall, in the order of `basic`, where a nonbasic column rises by one; shape [rows]. */
  response(column: number): Float64Array;
  dispose(): void;
}

/** The solver, loaded. */
export interface LpRuntime {
  /** @param program copied; the caller may reuse its arrays */
  open(program: LinearProgram): LpSession;
}
