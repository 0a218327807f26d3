import { BASIS, type LinearProgram, type LpBasis, type LpRuntime, type LpStatus } from "../numerics/lp.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";
import { fluxWeights, netFluxes, splitBounds, splitColumns, withColumn, withRow } from "./program.ts";

/**
 * Prices of the one linear program that stands for three in order: least maintenance shortfall, most growth, least
 * total flux. They are exact where a unit of growth never costs more than `growth` units of flux, and a unit of
 * maintenance never buys more than `shortfall / growth` of growth; in the core model the dearest are about 10^3 and 0.02.
 */
const PRICE = { growth: 1e5, shortfall: 1e6 } as const;

/** The program of a metabolic module, held in the solver. */
export interface MetabolicProgram {
  /** Shape [reactions]; valid after "optimal". */
  readonly fluxes: Float64Array;
  /** Maintenance not met, mmol gDW^-1 h^-1; valid after "optimal". */
  shortfall(): number;
  /** @param demand of the maintenance reaction, mmol gDW^-1 h^-1 */
  solve(bounds: FluxBounds, demand: number): LpStatus;
  /** Every later solve starts from the present basis. */
  rememberBasis(): void;
  /** Which flux stands at which of its bounds: the smooth piece. */
  regime(): string;
  /**
   * How fluxes answer where the largest uptake of an exchange rises by one, while the basis holds.
   * @param slots where each reaction's answer goes in `into`, -1 for nowhere; shape [reactions]
   * @param into filled
   */
  response(exchange: number, slots: Int32Array, into: Float64Array): void;
  dispose(): void;
}

const TOLERANCE = 1e-9;

export function metabolicProgram(
  runtime: LpRuntime,
  model: FluxModel,
  growth: number,
  maintenance: number | undefined,
): MetabolicProgram {
  const n = model.reactions.length;
  const demandRow = model.metabolites.length;
  const program = linearProgram(model, growth, maintenance);
  const session = runtime.open(program);
  const lower = program.lower.slice();
  const upper = program.upper.slice();
  const fluxes = new Float64Array(n);
  let values: Float64Array = new Float64Array(2 * n + 1);
  let reduced: Float64Array = values;
  let basis: LpBasis | undefined;
  let basic: Int32Array | undefined;

  return {
    fluxes,
    shortfall: () => values[2 * n] ?? 0,
    solve: (bounds, demand) => {
      splitBounds(bounds, { lower, upper });
      session.setBounds(lower, upper);
      if (maintenance !== undefined) session.setRow(demandRow, demand, Number.POSITIVE_INFINITY);
      const status = session.solve();
      if (status !== "optimal") return status;
      const point = session.point();
      values = point.values;
      reduced = point.reducedCosts;
      netFluxes(values, fluxes);
      basis = undefined;
      basic = undefined;
      return status;
    },
    rememberBasis: () => session.startFrom(session.basis()),
    regime: () => regimeOf(values, lower, upper),
    response: (exchange, slots, into) => {
      into.fill(0);
      const column = 2 * exchange + 1;
      basis ??= session.basis();
      if (!limits(column, basis, upper, reduced)) return;
      basic ??= session.basic();
      const falls = session.response(column);
      const own = slots[exchange] ?? -1;
      if (own >= 0) into[own] = -1;
      for (let r = 0; r < basic.length; r++) {
        const entry = basic[r] ?? -1;
        const slot = entry < 0 || entry >= 2 * n ? -1 : (slots[entry >> 1] ?? -1);
        if (slot < 0) continue;
        const fall = falls[r] ?? 0;
        into[slot] = (into[slot] ?? 0) + (entry % 2 === 0 ? -fall : fall);
      }
    },
    dispose: () => session.dispose(),
  };
}

/** Whether a column stands at its upper bound, or is shut but would rise if it could. */
function limits(column: number, basis: LpBasis, upper: Float64Array, reduced: Float64Array): boolean {
  const status = basis.columns[column];
  if (status === BASIS.upper) return true;
  return status === BASIS.lower && upper[column] === 0 && (reduced[column] ?? 0) > TOLERANCE;
}

/** Split fluxes, then the shortfall; mass balances, then the maintenance demand. */
function linearProgram(model: FluxModel, growth: number, maintenance: number | undefined): LinearProgram {
  const n = model.reactions.length;
  const demand = new Float64Array(n);
  if (maintenance !== undefined) demand[maintenance] = 1;
  const rows = model.metabolites.length + 1;
  const split = splitBounds(model.bounds);
  const weights = fluxWeights(model);
  const cost = new Float64Array(2 * n + 1);
  for (let k = 0; k < 2 * n; k++) cost[k] = -(weights[k >> 1] ?? 1);
  cost[2 * growth] = PRICE.growth + (cost[2 * growth] ?? 0);
  cost[2 * n] = -PRICE.shortfall;
  const rowLower = new Float64Array(rows);
  const rowUpper = new Float64Array(rows);
  rowLower[rows - 1] = Number.NEGATIVE_INFINITY;
  rowUpper[rows - 1] = Number.POSITIVE_INFINITY;
  return {
    sense: "maximize",
    matrix: withColumn(splitColumns(withRow(model.stoichiometry, demand)), [rows - 1], [1]),
    cost,
    lower: Float64Array.from({ length: 2 * n + 1 }, (_, j) => split.lower[j] ?? 0),
    upper: Float64Array.from({ length: 2 * n + 1 }, (_, j) => split.upper[j] ?? Number.POSITIVE_INFINITY),
    rowLower,
    rowUpper,
  };
}

/** FNV-1a over the state of every column: 0 at its lower bound, 2 at its upper, 1 between. */
function regimeOf(values: Float64Array, lower: Float64Array, upper: Float64Array): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let j = 0; j < values.length; j++) {
    const v = values[j] ?? 0;
    const state = v >= (upper[j] ?? 0) - TOLERANCE ? 2 : v <= (lower[j] ?? 0) + TOLERANCE ? 0 : 1;
    a = Math.imul(a ^ (state + 1), 0x01000193);
    b = Math.imul(b ^ (3 * state + (j & 0xff)), 0x01000193);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
