import imported, { type Highs, type Model, type ModelData, type ModelStatusCode } from "highs";
import type { LinearProgram, LpBasis, LpRuntime, LpSession, LpStatus, SparseColumns } from "./lp.ts";

/** The package's types describe its CommonJS face; imported as a module, the default export is the loader itself. */
const load = imported as unknown as typeof imported.default;

/** The HiGHS adapter: one thread (the WebAssembly build has no other), simplex, tight tolerances. */
export async function loadHighs(): Promise<LpRuntime> {
  const highs = await load();
  return { open: (program) => session(highs, program) };
}

/** HiGHS' tolerances are absolute; its least is 1e-10. */
const OPTIONS = {
  output_flag: false,
  presolve: "off",
  primal_feasibility_tolerance: 1e-9,
  dual_feasibility_tolerance: 1e-9,
  mip_feasibility_tolerance: 1e-9,
} as const;

/** Columns above which HiGHS' presolve pays for itself when there is no basis to start from. */
const LARGE = 500;

/** HiGHS' own tolerances, for programs so badly scaled that the tight ones can't be met. */
const USUAL = { primal_feasibility_tolerance: 1e-7, dual_feasibility_tolerance: 1e-7 } as const;

/** HiGHS' number for primal simplex. */
const PRIMAL = 4;

function session(highs: Highs, program: LinearProgram): LpSession {
  const model = highs.createModel(modelData(highs, program));
  const plain = program.integer === undefined;
  model.options.set(OPTIONS);
  model.options.set(plain ? { solver: "simplex" } : { presolve: "on" });
  if (program.integer !== undefined) model.options.set("mip_detect_symmetry", false);
  if (program.branches !== undefined) model.options.set("mip_max_nodes", program.branches);
  if (program.gap !== undefined) model.options.set({ mip_rel_gap: program.gap, mip_abs_gap: program.gap });
  if (plain && program.changing === "costs") model.options.set("simplex_strategy", PRIMAL);
  const columns = program.cost.length;
  const allColumns = { kind: "range", from: 0, to: columns - 1 } as const;
  let start: LpBasis | undefined;

  return {
    columns,
    rows: program.rowLower.length,
    setBounds: (lower, upper) => void model.changeColsBounds(allColumns, lower, upper),
    setBound: (column, lower, upper) => void model.changeColBounds(column, lower, upper),
    setCosts: (cost) => void model.changeColsCost(allColumns, cost),
    setCost: (column, cost) => void model.changeColCost(column, cost),
    setRow: (row, lower, upper) => void model.changeRowBounds(row, lower, upper),
    setSense: (sense) => void model.changeObjectiveSense(highs.constants.objectiveSense[sense]),
    startFrom: (basis) => {
      start = { columns: basis.columns.slice(), rows: basis.rows.slice() };
    },
    solve: (proves) => (plain ? solveFrom(highs, model, start, proves) : run(highs, cleared(model))),
    proceed: () => run(highs, model),
    objective: () => model.getObjectiveValue(),
    searchBound: () => Number(model.info.get("mip_dual_bound")),
    point: () => {
      const { colValue, colDual, rowValue, rowDual } = model.getSolution();
      return { values: colValue, reducedCosts: colDual, rowValues: rowValue, rowDuals: rowDual };
    },
    basis: () => {
      const { colStatus, rowStatus } = model.getBasis();
      return { columns: colStatus, rows: rowStatus };
    },
    basic: () => model.getBasicVariables(),
    response: (column) => model.getReducedColumn(column).values,
    dispose: () => model.dispose(),
  };
}

/** Forgets every earlier solve. */
function cleared(model: Model): Model {
  model.clearSolver();
  return model;
}

/** From the start basis; without one, or where that fails and has no proof, from scratch with presolve. */
function solveFrom(
  highs: Highs,
  model: Model,
  start: LpBasis | undefined,
  proves?: (ray: Float64Array) => boolean,
): LpStatus {
  model.clearSolver();
  if (start !== undefined) model.setBasis({ colStatus: start.columns, rowStatus: start.rows });
  const reduces = start === undefined && model.getDimensions().numCols > LARGE;
  const first = reduces ? runWith(highs, model, { presolve: "on" }) : run(highs, model);
  const ray = first === "optimal" || proves === undefined ? undefined : dualRay(highs, model);
  if (ray !== undefined && proves?.(ray) === true) return "infeasible";
  if (first !== "failed") return first;
  const second = runWith(highs, model, { presolve: reduces ? "off" : "on" });
  return second === "failed" ? runWith(highs, model, { presolve: "on", ...USUAL }) : second;
}

/** Weights of the rows that show that no point meets them; what ended without a verdict may have one too. */
function dualRay(highs: Highs, model: Model): Float64Array | undefined {
  return attempted(highs, () => model.getDualRay()?.values);
}

/** One run from scratch with other options. */
function runWith(highs: Highs, model: Model, options: Readonly<Record<string, string | number>>): LpStatus {
  model.clearSolver();
  model.options.set(options);
  const status = run(highs, model);
  model.options.set(OPTIONS);
  return status;
}

/** Names of HiGHS' model statuses that say something certain; every other code is a failure. */
const STATUS: ReadonlyMap<ModelStatusCode, LpStatus> = new Map([
  [6, "optimal"],
  [7, "optimal"],
  [8, "infeasible"],
  [10, "unbounded"],
]);

function run(highs: Highs, model: Model): LpStatus {
  const status = attempted(highs, () => {
    model.run();
    return STATUS.get(model.getModelStatus());
  });
  return status ?? "failed";
}

/** What a call gives, or undefined where HiGHS refuses it. */
function attempted<T>(highs: Highs, call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof highs.errors.HighsError) return undefined;
    throw error;
  }
}

function modelData(highs: Highs, program: LinearProgram): ModelData {
  const { cost, lower, upper, rowLower, rowUpper, matrix, sense, integer } = program;
  return {
    numCols: cost.length,
    numRows: rowLower.length,
    sense: highs.constants.objectiveSense[sense],
    colCost: cost,
    colLower: lower,
    colUpper: upper,
    rowLower,
    rowUpper,
    matrix: csc(matrix, cost.length),
    ...(integer === undefined ? {} : { integrality: Int32Array.from(integer) }),
  };
}

function csc({ rowCount, starts, rows, values }: SparseColumns, numCols: number): ModelData["matrix"] {
  return { format: "csc", numRows: rowCount, numCols, starts, indices: rows, values };
}
