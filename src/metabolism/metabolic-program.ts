import type { LinearProgram, LpBasis, LpRuntime, LpStatus } from "../numerics/lp.ts";
import type { Vertex } from "../numerics/vertex.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";
import { heldVertices } from "./held-vertices.ts";
import { fluxWeights, netFluxes, splitBounds, splitColumns, withColumn, withRow } from "./program.ts";

/**
 * Prices of the one linear program that stands for three in order: least maintenance shortfall, most growth, least
 * total flux. They are exact where a unit of growth never costs more than `growth` units of flux, and a unit of
 * maintenance never buys more than `shortfall / growth` of growth; in the core model the dearest are about 10^3 and 0.02.
 */
const PRICE = { growth: 1e5, shortfall: 1e6 } as const;

/** The program of a metabolic module, held in the solver; between changes of the optimal basis the basis answers. */
export interface MetabolicProgram {
  /** Shape [reactions]; valid after "optimal". */
  readonly fluxes: Float64Array;
  /** Linear programs solved, and those that a held basis made needless, so far. */
  readonly work: { solved: number; saved: number };
  /** Maintenance not met, mmol gDW^-1 h^-1; valid after "optimal". */
  shortfall(): number;
  /**
   * The optimum is unique; where several bases describe it the first held wins: anchors, then those found since.
   * @param demand of the maintenance reaction, mmol gDW^-1 h^-1
   */
  solve(bounds: FluxBounds, demand: number): LpStatus;
  /** Every later solve without an anchor starts from the present basis. */
  rememberBasis(): void;
  /** The optimal basis: the smooth piece. See `Vertex.key`; columns are the split fluxes, then the shortfall. */
  regime(): string;
  /**
   * How fluxes answer where the largest uptake of an exchange rises by one, while the basis holds.
   * @param slots where each reaction's answer goes in `into`, -1 for nowhere; shape [reactions]
   * @param into filled
   */
  response(exchange: number, slots: Int32Array, into: Float64Array): void;
  /** Columns of split fluxes (2j forward, 2j + 1 backward) whose limit, raised alone, would lessen the shortfall. */
  limitsOfShortfall(): number[];
  /** Holds the present basis first and returns the keys of all that are held: what a snapshot has to keep. */
  anchors(): readonly string[];
  anchor(keys: readonly string[]): void;
  /** Forgets the bases found since the anchors were set. */
  forget(): void;
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
  const held = heldVertices(program);
  const bounds = { ...program, lower: program.lower.slice(), upper: program.upper.slice() };
  const fluxes = new Float64Array(n);
  const values = new Float64Array(2 * n + 1);
  const change = new Float64Array(2 * n + 1);
  const work = { solved: 0, saved: 0 };
  let first: LpBasis | undefined;
  let vertex: Vertex | undefined;

  const solveProgram = (demand: number): LpStatus => {
    work.solved++;
    session.setBounds(bounds.lower, bounds.upper);
    if (maintenance !== undefined) session.setRow(demandRow, demand, Number.POSITIVE_INFINITY);
    const start = held.start() ?? first;
    if (start !== undefined) session.startFrom(start);
    const status = session.solve();
    if (status !== "optimal") return status;
    vertex = held.take(session.basis(), bounds, values);
    if (vertex === undefined) values.set(session.point().values);
    return "optimal";
  };

  return {
    fluxes,
    work,
    shortfall: () => values[2 * n] ?? 0,
    solve: (net, demand) => {
      splitBounds(net, bounds);
      if (maintenance !== undefined) bounds.rowLower[demandRow] = demand;
      vertex = held.find(bounds, values);
      if (vertex !== undefined) work.saved++;
      else {
        const status = solveProgram(demand);
        if (status !== "optimal") return status;
      }
      netFluxes(values, fluxes);
      return "optimal";
    },
    rememberBasis: () => {
      first = session.basis();
    },
    regime: () => vertex?.key ?? "",
    response: (exchange, slots, into) => {
      into.fill(0);
      const column = 2 * exchange + 1;
      if (vertex?.isLimit(column) !== true) return;
      vertex.response(column, change);
      for (let j = 0; j < n; j++) {
        const slot = slots[j] ?? -1;
        if (slot >= 0) into[slot] = (change[2 * j] ?? 0) - (change[2 * j + 1] ?? 0);
      }
    },
    limitsOfShortfall: () => {
      if (vertex === undefined) return [];
      const limits: number[] = [];
      for (let column = 0; column < 2 * n; column++) {
        if (!vertex.isLimit(column)) continue;
        vertex.response(column, change);
        if ((change[2 * n] ?? 0) < -TOLERANCE) limits.push(column);
      }
      return limits;
    },
    anchors: () => {
      if (vertex !== undefined) held.hold(vertex);
      return held.anchors();
    },
    anchor: (keys) => held.anchor(keys),
    forget: () => held.forget(),
    dispose: () => session.dispose(),
  };
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
