import type { LinearProgram, LpRuntime } from "../../numerics/programs/lp.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";
import { withColumn } from "../model/program.ts";
import type { BoundConflict, FluxSolution } from "./solution.ts";

type Failure = Exclude<FluxSolution, { status: "optimal" }>;

/** How many bounds a message names before it counts the rest. */
const NAMED = 6;

/**
 * Why no flux distribution meets the bounds: which demands (fluxes that must not be zero) can't be met, and which
 * limits stand in their way. The demands are made elastic at equal price; the limits are those with a shadow price,
 * which none has where a model has whole-number variables.
 * @see J. W. Chinneck, E. W. Dravnieks, doi:10.1287/ijoc.3.2.157 (elastic filter)
 */
export function explainInfeasible(runtime: LpRuntime, model: FluxModel, bounds: FluxBounds): Failure {
  const crossed = model.reactions.findIndex((_, j) => (bounds.lower[j] ?? 0) > (bounds.upper[j] ?? 0));
  if (crossed >= 0)
    return infeasible(
      model,
      bounds,
      [],
      [limit(model, bounds, crossed, "lower"), limit(model, bounds, crossed, "upper")],
    );
  const demands = demandsOf(bounds);
  const session = runtime.open(elastic(model, bounds, demands));
  try {
    if (session.solve() !== "optimal") return { status: "failed", message: "the solver failed", bounds: [] };
    const { values, reducedCosts } = session.point();
    const n = model.reactions.length;
    const short = demands.flatMap((demand, k) => {
      const missing = values[n + k] ?? 0;
      return missing > 1e-9 ? [{ ...demand, missing }] : [];
    });
    const limits: { bound: BoundConflict; price: number }[] = [];
    for (let j = 0; j < n; j++) {
      const price = model.integer === undefined ? (reducedCosts[j] ?? 0) : 0;
      if (Math.abs(price) < 1e-7 || short.some((demand) => demand.reaction === j)) continue;
      limits.push({ bound: limit(model, bounds, j, price > 0 ? "lower" : "upper"), price: Math.abs(price) });
    }
    const rank = ({ bound, price }: { bound: BoundConflict; price: number }) => {
      const j = model.reactionIndex.get(bound.reaction) ?? 0;
      const changed = bound.value !== (bound.side === "lower" ? model.bounds.lower : model.bounds.upper)[j];
      return (changed ? 1e12 : 1) * (model.reactions[j]?.boundary === true ? 1e6 : 1) * price;
    };
    limits.sort((a, b) => rank(b) - rank(a));
    return infeasible(
      model,
      bounds,
      short,
      limits.map(({ bound }) => bound),
    );
  } finally {
    session.dispose();
  }
}

interface Demand {
  readonly reaction: number;
  readonly side: "lower" | "upper";
}

function demandsOf({ lower, upper }: FluxBounds): Demand[] {
  const demands: Demand[] = [];
  for (let j = 0; j < lower.length; j++) {
    if ((lower[j] ?? 0) > 0) demands.push({ reaction: j, side: "lower" });
    if ((upper[j] ?? 0) < 0) demands.push({ reaction: j, side: "upper" });
  }
  return demands;
}

/** Demands move from the bounds into rows v + shortfall >= demand; the sum of shortfalls is least. */
function elastic(model: FluxModel, bounds: FluxBounds, demands: readonly Demand[]): LinearProgram {
  const n = model.reactions.length;
  const m = model.metabolites.length;
  const lower = bounds.lower.slice();
  const upper = bounds.upper.slice();
  const signs = new Map<number, { row: number; demand: Demand }>();
  demands.forEach((demand, k) => {
    signs.set(demand.reaction, { row: m + k, demand });
    if (demand.side === "lower") lower[demand.reaction] = 0;
    else upper[demand.reaction] = 0;
  });
  let matrix = { ...model.stoichiometry, rowCount: m + demands.length };
  matrix = addEntries(matrix, (j) => signs.get(j)?.row);
  demands.forEach(({ side }, k) => {
    matrix = withColumn(matrix, [m + k], [side === "lower" ? 1 : -1]);
  });
  const total = n + demands.length;
  const rowLower = new Float64Array(m + demands.length);
  const rowUpper = rowLower.slice();
  demands.forEach(({ reaction, side }, k) => {
    rowLower[m + k] = side === "lower" ? (bounds.lower[reaction] ?? 0) : Number.NEGATIVE_INFINITY;
    rowUpper[m + k] = side === "lower" ? Number.POSITIVE_INFINITY : (bounds.upper[reaction] ?? 0);
  });
  return {
    sense: "minimize",
    matrix,
    cost: Float64Array.from({ length: total }, (_, j) => (j < n ? 0 : 1)),
    lower: Float64Array.from({ length: total }, (_, j) => lower[j] ?? 0),
    upper: Float64Array.from({ length: total }, (_, j) => upper[j] ?? Number.POSITIVE_INFINITY),
    rowLower,
    rowUpper,
    ...(model.integer && { integer: Uint8Array.from({ length: total }, (_, j) => model.integer?.[j] ?? 0) }),
  };
}

/** A matrix with an entry 1 in the row that `rowOf` names for a column; rows beyond those there already. */
function addEntries(matrix: LinearProgram["matrix"], rowOf: (column: number) => number | undefined) {
  const starts = new Int32Array(matrix.starts.length);
  const rows: number[] = [];
  const values: number[] = [];
  for (let j = 0; j + 1 < starts.length; j++) {
    for (let k = matrix.starts[j] ?? 0; k < (matrix.starts[j + 1] ?? 0); k++) {
      rows.push(matrix.rows[k] ?? 0);
      values.push(matrix.values[k] ?? 0);
    }
    const row = rowOf(j);
    if (row !== undefined) {
      rows.push(row);
      values.push(1);
    }
    starts[j + 1] = rows.length;
  }
  return { rowCount: matrix.rowCount, starts, rows: Int32Array.from(rows), values: Float64Array.from(values) };
}

function limit(model: FluxModel, bounds: FluxBounds, j: number, side: "lower" | "upper"): BoundConflict {
  const value = side === "lower" ? bounds.lower[j] : bounds.upper[j];
  return { reaction: model.reactions[j]?.id ?? "", side, value: value ?? 0 };
}

/** `EX_glc__D_e >= 0`, as messages show a bound. */
export function boundText({ reaction, side, value }: BoundConflict): string {
  return `${reaction} ${side === "lower" ? ">=" : "<="} ${Number(value.toPrecision(6))}`;
}

function infeasible(
  model: FluxModel,
  bounds: FluxBounds,
  short: readonly (Demand & { missing: number })[],
  limits: readonly BoundConflict[],
): Failure {
  const demands = short.map(({ reaction, side }) => limit(model, bounds, reaction, side));
  const wanted = short.map(({ missing }, k) => {
    const demand = demands[k];
    return demand === undefined ? "" : `${boundText(demand)} (short by ${Number(missing.toPrecision(4))})`;
  });
  const others = limits.length > NAMED ? ` and ${limits.length - NAMED} more` : "";
  const against = limits.slice(0, NAMED).map(boundText).join(", ") + others;
  const message =
    wanted.length === 0
      ? `no flux distribution is possible: ${limits.map(boundText).join(" and ")} exclude each other; lower the one or raise the other`
      : `no flux distribution is possible: ${wanted.join(", ")} can't be met with ${against || whatThereIs(model)}; ` +
        "relax the demand, or open one of these limits";
  return { status: "infeasible", message, bounds: [...demands, ...limits] };
}

function whatThereIs({ integer }: FluxModel): string {
  return integer === undefined ? "the reactions there are" : "any choice of directions that the bounds leave";
}

/**
 * Which missing bounds let the objective grow without end: with every infinite bound made large, the reactions that
 * reach theirs.
 */
export function explainUnbounded(runtime: LpRuntime, model: FluxModel, bounds: FluxBounds): Failure {
  const large = 1e6;
  const session = runtime.open({
    sense: model.sense,
    matrix: model.stoichiometry,
    cost: model.objective,
    lower: bounds.lower.map((b) => Math.max(b, -large)),
    upper: bounds.upper.map((b) => Math.min(b, large)),
    rowLower: new Float64Array(model.metabolites.length),
    rowUpper: new Float64Array(model.metabolites.length),
  });
  try {
    const values = session.solve() === "optimal" ? session.point().values : new Float64Array(0);
    const missing: BoundConflict[] = [];
    values.forEach((v, j) => {
      if (Math.abs(v) < 0.999 * large) return;
      const side = v > 0 ? "upper" : "lower";
      const found = limit(model, bounds, j, side);
      if (!Number.isFinite(found.value)) missing.push(found);
    });
    const names = missing.slice(0, NAMED).map(({ reaction, side }) => `${reaction} (${side})`);
    const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : "";
    const message = `the objective has no limit: nothing bounds ${names.join(", ")}${more}; give a finite bound to one of them`;
    return { status: "unbounded", message, bounds: missing };
  } finally {
    session.dispose();
  }
}
