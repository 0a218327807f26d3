import { infeasibilityProofs } from "../../numerics/programs/infeasibility.ts";
import type { LpBasis, LpRuntime, LpStatus } from "../../numerics/programs/lp.ts";
import { type Vertex, withRowColumns } from "../../numerics/programs/vertex.ts";
import type { FluxBounds } from "../model/flux-model.ts";
import { netFluxes, splitBounds } from "../model/program.ts";
import { expanded, narrowed, type SubModel } from "../presolve/sub-model.ts";
import { chainLimits } from "./chain-limits.ts";
import { heldVertices } from "./held-vertices.ts";
import { type Aims, orderedProgram, solveInOrder } from "./ordered-program.ts";
import { fullKey } from "./regime-key.ts";

/**
 * The program of a metabolic module, held in the solver; between changes of the optimal basis the basis answers, and
 * where nothing meets the bounds the proof that was found first. It is solved on the small model; reactions, bounds, columns and fluxes here are those of the full one.
 */
export interface MetabolicProgram {
  /** Shape [reactions]; valid after "optimal". */
  readonly fluxes: Float64Array;
  /** Linear programs solved, and those that a held basis made needless, so far. */
  readonly work: { solved: number; saved: number };
  /** Maintenance not met, mmol gDW^-1 h^-1; valid after "optimal". */
  shortfall(): number;
  /**
   * The optimum is unique; where several bases describe it the first held wins: anchors, then those found since.
   * @param bounds within the small model's hull; read until the next solve
   * @param demand of the maintenance reaction, mmol gDW^-1 h^-1
   */
  solve(bounds: FluxBounds, demand: number): LpStatus;
  /** Every later solve without an anchor starts from the present basis. */
  rememberBasis(): void;
  /** The smooth piece: the optimal basis, and which reaction limits each chain that stands at its limit. */
  regime(): string;
  /** The basis that a regime stands for, each split flux, then the shortfall, then each row; see `Vertex.key`. */
  basisOf(regime: string): string;
  /**
   * How fluxes answer where the largest uptake of an exchange rises by one, while the regime holds.
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

/** Opens the program of a small model. */
export function metabolicProgram(runtime: LpRuntime, sub: SubModel, aims: Aims): MetabolicProgram {
  const { chain, factor } = sub;
  const n = sub.model.reactions.length;
  const demandRow = sub.model.metabolites.length;
  const program = orderedProgram(sub, aims);
  const session = runtime.open(program);
  const held = heldVertices(program);
  const proofs = infeasibilityProofs(withRowColumns(program));
  const limits = chainLimits(sub);
  const bounds = { ...program, lower: program.lower.slice(), upper: program.upper.slice() };
  const small = { lower: new Float64Array(n), upper: new Float64Array(n) };
  const [fluxes, chains] = [new Float64Array(chain.length), new Float64Array(n)];
  const [values, change] = [new Float64Array(2 * n + 1), new Float64Array(2 * n + 1)];
  const work = { solved: 0, saved: 0 };
  let full: FluxBounds = sub.hull;
  let first: LpBasis | undefined;
  let vertex: Vertex | undefined;

  const solveProgram = (demand: number): LpStatus => {
    work.solved++;
    session.setBounds(bounds.lower, bounds.upper);
    if (aims.maintenance !== undefined) session.setRow(demandRow, demand, Number.POSITIVE_INFINITY);
    const start = held.start() ?? first;
    if (start !== undefined) session.startFrom(start);
    const next = program.next ?? [];
    const proves = (ray: Float64Array) => proofs.take(ray, bounds);
    const status =
      next.length === 0 ? session.solve(proves) : solveInOrder(session, [program.cost, ...next], bounds, proves);
    if (status !== "optimal") return status;
    vertex = held.take(session.basis(), bounds, values);
    if (vertex === undefined) values.set(session.point().values);
    return "optimal";
  };
  const limiting = (column: number) => limits.limiting(column, full, small);

  return {
    fluxes,
    work,
    shortfall: () => values[2 * n] ?? 0,
    solve: (net, demand) => {
      full = net;
      vertex = undefined;
      if (narrowed(sub, net, small) === undefined) return "infeasible";
      splitBounds(small, bounds);
      if (aims.maintenance !== undefined) bounds.rowLower[demandRow] = demand;
      const impossible = proofs.exclude(bounds);
      if (!impossible) vertex = held.find(bounds, values);
      if (impossible || vertex !== undefined) work.saved++;
      if (impossible) return "infeasible";
      if (vertex === undefined) {
        const status = solveProgram(demand);
        if (status !== "optimal") return status;
      }
      expanded(sub, netFluxes(values, chains), fluxes);
      return "optimal";
    },
    rememberBasis: () => {
      first = session.basis();
    },
    regime: () => {
      if (vertex === undefined) return "";
      const { key } = vertex;
      const told: number[] = [];
      for (let column = 0; column < 2 * n; column++)
        if (key[column] === "2" && (limits.members[column >> 1]?.length ?? 0) > 1) told.push(limiting(column));
      return `${key} ${told.join(" ")}`;
    },
    basisOf: (regime) => fullKey(sub, limits, regime),
    response: (exchange, slots, into) => {
      into.fill(0);
      const own = 2 * exchange + 1;
      const column = limits.columnOf(own);
      if (column < 0 || vertex?.isLimit(column) !== true || limiting(column) !== own) return;
      vertex.response(column, change);
      const rise = 1 / Math.abs(factor[exchange] ?? 1);
      for (let j = 0; j < chain.length; j++) {
        const [slot, c] = [slots[j] ?? -1, chain[j] ?? -1];
        if (slot >= 0 && c >= 0)
          into[slot] = rise * (factor[j] ?? 0) * ((change[2 * c] ?? 0) - (change[2 * c + 1] ?? 0));
      }
    },
    limitsOfShortfall: () => {
      const found: number[] = [];
      for (let column = 0; column < 2 * n; column++) {
        if (vertex?.isLimit(column) !== true) continue;
        vertex.response(column, change);
        const own = limiting(column);
        if (own >= 0 && (change[2 * n] ?? 0) < -TOLERANCE) found.push(own);
      }
      return found;
    },
    anchors: () => {
      if (vertex !== undefined) held.hold(vertex);
      return held.anchors();
    },
    anchor: (keys) => held.anchor(keys.filter(({ length }) => length === values.length + demandRow + 1)),
    forget: () => held.forget(),
    dispose: () => session.dispose(),
  };
}
