import { nullSpace } from "../../numerics/linear/null-space.ts";
import type { LinearProgram, LpRuntime, LpSession } from "../../numerics/programs/lp.ts";
import { type FluxBounds, type FluxModel, requireContinuous } from "../model/flux-model.ts";
import { matrixBuilder, netProgram } from "../model/program.ts";

const NOTHING = 1e-9;
/** Largest driving force, in units in which the least is 1. */
const FORCE = 1000;

/**
 * Reactions that can run in a circle: that carry flux with every exchange shut; indices, ascending. Circles are those of
 * mass balance alone, so that sums of fluxes that the model limits are let go.
 */
function loopReactions(runtime: LpRuntime, model: FluxModel, bounds: FluxBounds): number[] {
  requireContinuous(model, "loopless analysis", "its own choice of directions would stand beside the model's");
  const auxiliary = (j: number) => model.reactions[j]?.auxiliary === true;
  const inside = (j: number) => model.reactions[j]?.boundary !== true && !auxiliary(j);
  const direction = (bound: number, j: number) => (inside(j) ? Math.sign(bound) : 0);
  const lower = bounds.lower.map((b, j) => (auxiliary(j) ? Number.NEGATIVE_INFINITY : Math.min(0, direction(b, j))));
  const upper = bounds.upper.map((b, j) => (auxiliary(j) ? Number.POSITIVE_INFINITY : Math.max(0, direction(b, j))));
  const session = runtime.open({
    ...netProgram(model),
    changing: "costs",
    cost: new Float64Array(lower.length),
    lower,
    upper,
  });
  const found = new Uint8Array(lower.length);
  const idle = session.solve() === "optimal" ? session.basis() : undefined;
  if (idle !== undefined) session.startFrom(idle);
  for (const sense of ["maximize", "minimize"] as const) {
    session.setSense(sense);
    for (let j = 0; j < lower.length; j++) {
      if (found[j] === 1 || !inside(j)) continue;
      session.setCost(j, 1);
      if (session.solve() === "optimal")
        session.point().values.forEach((v, k) => {
          if (inside(k) && Math.abs(v) > NOTHING) found[k] = 1;
        });
      session.setCost(j, 0);
    }
  }
  session.dispose();
  return [...found.keys()].filter((j) => found[j] === 1);
}

/** The extreme of a flux over distributions without circles, held in the solver. */
export interface LooplessExtremes {
  readonly loops: readonly number[];
  extreme(reaction: number, sense: "minimize" | "maximize"): number;
  dispose(): void;
}

/**
 * Opens a program for extremes without circles: each flux that could run in one must go down a driving force, and
 * forces add to nothing around every circle. Exact, and small, as only the reactions that can run in a circle take part.
 * @param program the model's program, with whatever rows it has beside mass balance
 * @see doi:10.1016/j.bpj.2010.12.3707
 */
export function openLoopless(
  runtime: LpRuntime,
  model: FluxModel,
  bounds: FluxBounds,
  program: LinearProgram,
): LooplessExtremes {
  const loops = loopReactions(runtime, model, bounds);
  const session: LpSession = runtime.open(withForces(model, bounds, program, loops));
  return {
    loops,
    extreme: (reaction, sense) => {
      session.setSense(sense);
      session.setCost(reaction, 1);
      const value = session.solve() === "optimal" ? session.objective() : Number.NaN;
      session.setCost(reaction, 0);
      return value;
    },
    dispose: () => session.dispose(),
  };
}

/**
 * Columns v, then a (1 where forward) and G (force) of each loop reaction; rows of the program, then for each loop
 * reaction v <= ub a, v >= lb (1 - a), -FORCE a + 1 - a <= G <= -a + FORCE (1 - a), then N' G = 0.
 */
function withForces(
  model: FluxModel,
  bounds: FluxBounds,
  program: LinearProgram,
  loops: readonly number[],
): LinearProgram {
  const n = model.reactions.length;
  const circles = nullSpace(denseRows(model, loops), loops.length);
  const first = program.matrix.rowCount;
  const builder = matrixBuilder(first + 4 * loops.length + circles.length);
  const slot = new Map(loops.map((j, k) => [j, k]));
  for (let j = 0; j < n; j++) {
    builder.column(program.matrix, j);
    const at = slot.get(j);
    if (at !== undefined) {
      builder.entry(first + 4 * at, 1);
      builder.entry(first + 4 * at + 1, 1);
    }
    builder.end();
  }
  loops.forEach((j, k) => {
    builder.entry(first + 4 * k, -(bounds.upper[j] ?? 0));
    builder.entry(first + 4 * k + 1, bounds.lower[j] ?? 0);
    builder.entry(first + 4 * k + 2, FORCE + 1);
    builder.entry(first + 4 * k + 3, FORCE + 1);
    builder.end();
  });
  loops.forEach((_, k) => {
    builder.entry(first + 4 * k + 2, 1);
    builder.entry(first + 4 * k + 3, 1);
    circles.forEach((circle, c) => {
      builder.entry(first + 4 * loops.length + c, circle[k] ?? 0);
    });
    builder.end();
  });
  const low = loops.flatMap((j) => [Number.NEGATIVE_INFINITY, bounds.lower[j] ?? 0, 1, Number.NEGATIVE_INFINITY]);
  const high = loops.flatMap(() => [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, FORCE]);
  const zeros = circles.map(() => 0);
  return {
    sense: program.sense,
    matrix: builder.matrix(),
    cost: new Float64Array(n + 2 * loops.length),
    lower: Float64Array.of(...bounds.lower, ...loops.map(() => 0), ...loops.map(() => -FORCE)),
    upper: Float64Array.of(...bounds.upper, ...loops.map(() => 1), ...loops.map(() => FORCE)),
    rowLower: Float64Array.of(...program.rowLower, ...low, ...zeros),
    rowUpper: Float64Array.of(...program.rowUpper, ...high, ...zeros),
    integer: Uint8Array.from({ length: n + 2 * loops.length }, (_, c) => (c >= n && c < n + loops.length ? 1 : 0)),
  };
}

/** Mass balances restricted to some reactions, without those that are empty. */
function denseRows(
  { stoichiometry: { starts, rows, values }, metabolites }: FluxModel,
  reactions: readonly number[],
): Float64Array[] {
  const found = new Map<number, Float64Array>();
  reactions.forEach((j, column) => {
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      const i = rows[k] ?? 0;
      if (metabolites[i]?.auxiliary === true) continue;
      const row = found.get(i) ?? new Float64Array(reactions.length);
      row[column] = values[k] ?? 0;
      found.set(i, row);
    }
  });
  return [...found.values()];
}
