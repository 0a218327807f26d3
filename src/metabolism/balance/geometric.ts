import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LinearProgram, LpRuntime, LpSession } from "../../numerics/programs/lp.ts";
import { type FluxBounds, type FluxModel, requireContinuous } from "../model/flux-model.ts";
import { matrixBuilder, netFluxes, splitBounds, splitColumns, withRow } from "../model/program.ts";
import { failure, requireObjective } from "./fba.ts";
import type { FluxSolution } from "./solution.ts";

export interface GeometricOptions {
  readonly bounds?: FluxBounds;
  /** Width at which a range counts as one flux, mmol gDW^-1 h^-1; 1e-6 where absent. */
  readonly tolerance?: number;
  /** Rounds after which it gives up with "failed"; 200 where absent. */
  readonly rounds?: number;
}

/** How far a sum that is held may fall short, relative: rounding, not choice. */
const ROUNDING = 1e-10;

/**
 * Geometric FBA: of all optimal flux distributions of least total flux the one in the middle. The distance to the middle
 * of every flux's range is made least, which narrows the ranges, until each is one flux. The answer is unique.
 * @throws CellweaveError for a model without an objective
 * @see doi:10.1016/j.jtbi.2009.01.027
 */
export async function geometricFba(model: FluxModel, options: GeometricOptions = {}): Promise<FluxSolution> {
  requireObjective(model);
  requireContinuous(model, "geometric FBA", "the middle of ranges need not keep to one choice of whole numbers");
  const { bounds = model.bounds, tolerance = 1e-6, rounds = 200 } = options;
  if (!(tolerance > 0)) throw new CellweaveError("metabolism/tolerance", `a width must be above 0, got ${tolerance}`);
  const runtime = await loadLp();
  const held = leastTotal(runtime, model, bounds);
  if (!("program" in held)) return held;
  const { objective, program } = held;
  const all = Int32Array.from(model.reactions.keys());
  const ranges = { lower: bounds.lower.slice(), upper: bounds.upper.slice() };
  let fluxes = narrow(runtime, program, ranges, all);
  for (let round = 0; fluxes !== undefined && round < rounds; round++) {
    const open = all.filter((j) => (ranges.upper[j] ?? 0) - (ranges.lower[j] ?? 0) > tolerance);
    if (open.length === 0) return { status: "optimal", objective, fluxes };
    fluxes = narrow(runtime, nearMiddle(program, ranges, open), ranges, open);
  }
  const message =
    fluxes === undefined ? "the solver failed" : `ranges are wider than ${tolerance} after ${rounds} rounds`;
  return { status: "failed", message, bounds: [] };
}

/** Forward and backward fluxes with objective and total flux held at their best. */
function leastTotal(runtime: LpRuntime, model: FluxModel, bounds: FluxBounds) {
  const n = model.reactions.length;
  const m = model.metabolites.length;
  const each = Float64Array.from({ length: 2 * n }, (_, k) => (model.reactions[k >> 1]?.auxiliary === true ? 0 : 1));
  const split = splitColumns(withRow(model.stoichiometry, model.objective));
  const program: LinearProgram = {
    sense: model.sense,
    matrix: withRow(split, each),
    cost: Float64Array.from({ length: 2 * n }, (_, k) => (k % 2 === 0 ? 1 : -1) * (model.objective[k >> 1] ?? 0)),
    ...splitBounds(bounds),
    rowLower: Float64Array.of(...new Float64Array(m), -Infinity, -Infinity),
    rowUpper: Float64Array.of(...new Float64Array(m), Infinity, Infinity),
  };
  const session = runtime.open(program);
  try {
    const first = session.solve();
    if (first !== "optimal") return failure(runtime, model, bounds, first);
    const objective = session.objective();
    const slack = ROUNDING * Math.abs(objective);
    if (model.sense === "maximize") program.rowLower[m] = objective - slack;
    else program.rowUpper[m] = objective + slack;
    session.setRow(m, program.rowLower[m] ?? 0, program.rowUpper[m] ?? 0);
    session.setSense("minimize");
    session.setCosts(each);
    const second = session.proceed();
    if (second !== "optimal") return failure(runtime, model, bounds, second);
    program.rowUpper[m + 1] = session.objective() * (1 + ROUNDING);
    return { objective, program: { ...program, sense: "minimize", cost: new Float64Array(2 * n) } as const };
  } finally {
    session.dispose();
  }
}

/** The program with a column for each open flux's distance from the middle of its range; their sum is the cost. */
function nearMiddle(program: LinearProgram, { lower, upper }: FluxBounds, open: Int32Array): LinearProgram {
  const { matrix } = program;
  const first = matrix.rowCount;
  const slot = new Map([...open].map((j, k) => [j, k]));
  const builder = matrixBuilder(first + 2 * open.length);
  const columns = matrix.starts.length - 1;
  for (let c = 0; c < columns; c++) {
    builder.column(matrix, c);
    const at = slot.get(c >> 1);
    if (at !== undefined) for (const row of [2 * at, 2 * at + 1]) builder.entry(first + row, c % 2 === 0 ? 1 : -1);
    builder.end();
  }
  open.forEach((_, k) => {
    builder.entry(first + 2 * k, -1);
    builder.entry(first + 2 * k + 1, 1);
    builder.end();
  });
  const bounds = splitBounds({ lower, upper });
  const middles = [...open].map((j) => ((lower[j] ?? 0) + (upper[j] ?? 0)) / 2);
  return {
    ...program,
    matrix: builder.matrix(),
    cost: Float64Array.from({ length: columns + open.length }, (_, c) => (c < columns ? 0 : 1)),
    lower: Float64Array.of(...bounds.lower, ...middles.map(() => 0)),
    upper: Float64Array.of(...bounds.upper, ...middles.map(() => Infinity)),
    rowLower: Float64Array.of(...program.rowLower, ...middles.flatMap((v) => [-Infinity, v])),
    rowUpper: Float64Array.of(...program.rowUpper, ...middles.flatMap((v) => [v, Infinity])),
  };
}

/**
 * Narrows the ranges of some fluxes to what the optimum of a program allows.
 * @returns the fluxes of one optimum; undefined where the solver failed
 */
function narrow(
  runtime: LpRuntime,
  program: LinearProgram,
  { lower, upper }: FluxBounds,
  of: Int32Array,
): Float64Array | undefined {
  const session = runtime.open({
    ...program,
    changing: "costs",
    matrix: withRow(program.matrix, program.cost),
    rowLower: Float64Array.of(...program.rowLower, -Infinity),
    rowUpper: Float64Array.of(...program.rowUpper, Infinity),
  });
  try {
    if (session.solve() !== "optimal") return undefined;
    session.startFrom(session.basis());
    const best = session.objective();
    const fluxes = fluxesOf(session, lower.length);
    session.setRow(program.matrix.rowCount, -Infinity, best + ROUNDING * Math.max(1, best));
    session.setCosts(new Float64Array(program.cost.length));
    for (const j of of) {
      const least = extreme(session, j, "minimize");
      const most = extreme(session, j, "maximize");
      if (Number.isNaN(least) || Number.isNaN(most)) return undefined;
      lower[j] = Math.max(lower[j] ?? 0, Math.min(least, most));
      upper[j] = Math.min(upper[j] ?? 0, Math.max(least, most, lower[j] ?? 0));
    }
    return fluxes;
  } finally {
    session.dispose();
  }
}

function extreme(session: LpSession, j: number, sense: "minimize" | "maximize"): number {
  session.setSense(sense);
  session.setCost(2 * j, 1);
  session.setCost(2 * j + 1, -1);
  const value = session.solve() === "optimal" ? session.objective() : Number.NaN;
  session.setCost(2 * j, 0);
  session.setCost(2 * j + 1, 0);
  return value;
}

/** Net fluxes of the present optimum. */
function fluxesOf(session: LpSession, reactions: number): Float64Array {
  return netFluxes(session.point().values.slice(0, 2 * reactions));
}
