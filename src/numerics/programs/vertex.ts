import { type BasisFactor, factorBasis } from "./basis-factor.ts";
import { BASIS, type LinearProgram, type LpBasis, type SparseColumns } from "./lp.ts";

/** Bounds of a program at one moment. */
export interface ProgramBounds {
  /** Shape [columns]. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Shape [rows]. */
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
}

/**
 * One basis of a linear program whose costs (one objective, or several in order) stay and whose bounds move: while it is optimal, the solution is an affine
 * function of the bounds, and no program has to be solved.
 */
export interface Vertex {
  /** Where each column, then each row stands: 1 basic, 0 at its lower bound, 2 at its upper; says the basis in full. */
  readonly key: string;
  /**
   * Fills `values` (shape [columns]) with the solution at the bounds.
   * @returns whether the basis is optimal there: every basic variable within its bounds, every other at the bound that
   *   its reduced cost asks for
   */
  solve(bounds: ProgramBounds, values: Float64Array): boolean;
  /** Whether a column stands at its upper bound and the objective would gain from raising that. */
  isLimit(column: number): boolean;
  /** Fills `change` (shape [columns]) with how the solution answers where a nonbasic column rises by one. */
  response(column: number, change: Float64Array): void;
}

/** Objectives in order: the costs of a program, then those that decide between equals, one after the other. */
export interface OrderedCosts extends Pick<LinearProgram, "cost" | "sense"> {
  readonly next?: readonly Float64Array[];
}

/** Reduced costs smaller than this say nothing about the side; HiGHS' tolerance is 1e-9 before scaling. */
export const NO_COST = 1e-7;
/** How far a basic variable may leave its bounds; that of the solver, with room for the rounding of both. */
const FEASIBLE = 2e-9;

/** A program's columns with one more for every row, so that A x - r = 0 holds with r between the row's bounds. */
export function withRowColumns({ matrix }: Pick<LinearProgram, "matrix">): SparseColumns {
  const { rowCount, starts, rows, values } = matrix;
  const own = starts.length - 1;
  const total = starts[own] ?? 0;
  const all = {
    starts: new Int32Array(own + rowCount + 1),
    rows: new Int32Array(total + rowCount),
    values: new Float64Array(total + rowCount).fill(-1),
  };
  all.starts.set(starts);
  all.rows.set(rows.subarray(0, total));
  all.values.set(values.subarray(0, total));
  for (let i = 0; i < rowCount; i++) {
    all.rows[total + i] = i;
    all.starts[own + i + 1] = total + i + 1;
  }
  return { rowCount, ...all };
}

/**
 * @param costs of the program that the basis belongs to
 * @param columns of `withRowColumns(program)`
 * @returns undefined where the basis is singular
 */
export function vertexOf(costs: OrderedCosts, columns: SparseColumns, basis: LpBasis): Vertex | undefined {
  const n = costs.cost.length;
  const m = columns.rowCount;
  const status = Int32Array.from([...basis.columns, ...basis.rows]);
  const basic = Int32Array.from(status.keys()).filter((j) => status[j] === BASIS.basic);
  if (basic.length !== m) return undefined;
  const factor = factorBasis(columns, basic);
  if (factor === undefined) return undefined;
  const wishes = wishesOf({ ...costs, n, status, basic }, columns, factor);
  const b = new Float64Array(m);
  const x = new Float64Array(m);

  return {
    key: Array.from(wishes, (wish) => (wish === 0 ? 1 : wish > 0 ? 2 : 0)).join(""),
    solve({ lower, upper, rowLower, rowUpper }, values) {
      b.fill(0);
      for (let j = 0; j < n + m; j++) {
        if (status[j] === BASIS.basic) continue;
        const low = (j < n ? lower[j] : rowLower[j - n]) ?? 0;
        const high = (j < n ? upper[j] : rowUpper[j - n]) ?? 0;
        const value = (wishes[j] ?? 0) > 0 ? high : low;
        if (!Number.isFinite(value) || low > high) return false;
        if (j < n) values[j] = value;
        if (value !== 0) addColumn(columns, j, -value, b);
      }
      factor.solve(b, x);
      for (let k = 0; k < m; k++) {
        const j = basic[k] ?? 0;
        const value = x[k] ?? 0;
        const low = (j < n ? lower[j] : rowLower[j - n]) ?? 0;
        const high = (j < n ? upper[j] : rowUpper[j - n]) ?? 0;
        const slack = FEASIBLE * (1 + Math.abs(value) / 1000);
        if (!(value >= low - slack && value <= high + slack)) return false;
        if (j < n) values[j] = value;
      }
      return true;
    },
    isLimit: (column) => status[column] !== BASIS.basic && wishes[column] === 2,
    response(column, change) {
      b.fill(0);
      change.fill(0);
      addColumn(columns, column, -1, b);
      factor.solve(b, x);
      for (let k = 0; k < m; k++) {
        const j = basic[k] ?? 0;
        if (j < n) change[j] = x[k] ?? 0;
      }
      change[column] = 1;
    },
  };
}

/** The basis that a key says. */
export function basisOf(key: string, columns: number): LpBasis {
  const status = Int32Array.from(key, Number);
  return { columns: status.slice(0, columns), rows: status.slice(columns) };
}

interface Costs extends OrderedCosts {
  readonly n: number;
  readonly status: Int32Array;
  readonly basic: Int32Array;
}

/**
 * Which bound each nonbasic variable asks for by its first reduced cost that is one: 2 the upper, -2 the lower; 1 or
 * -1 where all are nothing and the basis says so. Costs never change, so this holds for the life of the basis.
 */
function wishesOf(
  { n, status, basic, cost, sense, next = [] }: Costs,
  columns: SparseColumns,
  factor: BasisFactor,
): Int8Array {
  const sign = sense === "maximize" ? 1 : -1;
  const stages = [cost, ...next].map((own) => {
    const prices = new Float64Array(columns.rowCount);
    factor.solveTransposed(
      Float64Array.from(basic, (j) => (j < n ? (own[j] ?? 0) : 0)),
      prices,
    );
    return { own, prices };
  });
  return Int8Array.from(status, (side, j) => {
    if (side === BASIS.basic) return 0;
    for (const { own, prices } of stages) {
      let reduced = j < n ? (own[j] ?? 0) : 0;
      for (let k = columns.starts[j] ?? 0; k < (columns.starts[j + 1] ?? 0); k++)
        reduced -= (columns.values[k] ?? 0) * (prices[columns.rows[k] ?? 0] ?? 0);
      if (Math.abs(reduced) > NO_COST) return sign * reduced > 0 ? 2 : -2;
    }
    return side === BASIS.upper ? 1 : -1;
  });
}

function addColumn({ starts, rows, values }: SparseColumns, j: number, times: number, into: Float64Array): void {
  for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
    const row = rows[k] ?? 0;
    into[row] = (into[row] ?? 0) + (values[k] ?? 0) * times;
  }
}
