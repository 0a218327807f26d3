import { CellweaveError } from "../../errors.ts";
import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LpRuntime, LpSession } from "../../numerics/programs/lp.ts";
import { reactionAt } from "../model/edits.ts";
import { type FluxBounds, type FluxModel, rangedColumns } from "../model/flux-model.ts";
import { presolve, unreduced } from "../presolve/presolve.ts";
import type { SubModel } from "../presolve/sub-model.ts";
import { openBudget } from "./flux-budget.ts";
import { openLoopless } from "./loopless.ts";
import { type NearOptimal, openNearOptimal } from "./objective-row.ts";
import type { FluxSolution } from "./solution.ts";

export interface VariabilityOptions {
  readonly bounds?: FluxBounds;
  /** Share of the optimum that the objective keeps, 0 to 1; 1 where absent. */
  readonly fraction?: number;
  /** Ids of the reactions asked for; all where absent. */
  readonly reactions?: readonly string[];
  /** Leave out what only runs in a circle. @see doi:10.1016/j.bpj.2010.12.3707 */
  readonly loopless?: boolean;
  /** Largest total flux, as a multiple (1 or more) of the least at that share of the optimum; no limit where absent. */
  readonly pfbaFactor?: number;
  /** The small model, where it is at hand; must hold for the bounds. */
  readonly sub?: SubModel;
  /** Called after each reaction with the share done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

export type Variability =
  | {
      readonly status: "optimal";
      readonly objective: number;
      /** Indices of the reactions, then their least and largest flux in the same order. */
      readonly reactions: Int32Array;
      readonly minimum: Float64Array;
      readonly maximum: Float64Array;
    }
  | Exclude<FluxSolution, { status: "optimal" }>;

/** A flux nearer to a bound than this is at it, mmol gDW^-1 h^-1. */
const AT_BOUND = 1e-9;
/** For fewer reactions than this finding a small model costs more than it saves. */
export const FEW = 20;

/**
 * Flux variability: the least and the largest flux of each reaction while the objective keeps a share of its optimum.
 * Reactions of one chain share their two programs.
 * @see doi:10.1016/j.ymben.2003.09.002
 */
export async function variability(model: FluxModel, options: VariabilityOptions = {}): Promise<Variability> {
  return fluxRanges(await loadLp(), model, options);
}

/** `variability` with the solver at hand. */
export function fluxRanges(runtime: LpRuntime, model: FluxModel, options: VariabilityOptions = {}): Variability {
  const reactions = indicesOf(model, options.reactions);
  const few = reactions.length < FEW && options.sub === undefined;
  const opened = openVariability(runtime, model, few ? { ...options, sub: unreduced(model) } : options);
  if (!("range" in opened)) return opened;
  const minimum = new Float64Array(reactions.length);
  const maximum = new Float64Array(reactions.length);
  try {
    reactions.forEach((j, k) => {
      [minimum[k], maximum[k]] = opened.range(j);
      options.onProgress?.((k + 1) / reactions.length);
    });
    return { status: "optimal", objective: opened.objective, reactions, minimum, maximum };
  } finally {
    opened.dispose();
  }
}

/** A model opened for flux variability. Each range depends on its reaction alone, never on what was asked before. */
export interface OpenVariability {
  /** The optimum. */
  readonly objective: number;
  /** @param reaction index */
  range(reaction: number): readonly [least: number, most: number];
  dispose(): void;
}

/** @returns the solution that isn't an optimum where there is none; then nothing is left open */
export function openVariability(
  runtime: LpRuntime,
  model: FluxModel,
  options: VariabilityOptions,
): OpenVariability | Exclude<FluxSolution, { status: "optimal" }> {
  checkOptions(options);
  const { fraction = 1, bounds = model.bounds, sub = presolve(runtime, model, bounds) } = options;
  const opened = openNearOptimal(runtime, sub, bounds, fraction);
  if (!("session" in opened)) return opened;
  const ranges = chainRanges(runtime, sub, opened, options);
  return {
    objective: opened.optimum.objective,
    range: (j) => {
      const [c, factor] = [sub.chain[j] ?? -1, sub.factor[j] ?? 0];
      const [least, most] = c < 0 ? [0, 0] : ranges.of(c);
      const ends = factor < 0 ? [factor * most, factor * least] : [factor * least, factor * most];
      return [settled(ends[0] ?? 0, bounds.lower[j] ?? 0), settled(ends[1] ?? 0, bounds.upper[j] ?? 0)];
    },
    dispose: ranges.dispose,
  };
}

function checkOptions({ fraction = 1, pfbaFactor, loopless = false }: VariabilityOptions): void {
  if (!(fraction >= 0 && fraction <= 1))
    throw new CellweaveError("metabolism/fraction", `fraction of the optimum must be 0 to 1, got ${fraction}`);
  if (pfbaFactor === undefined) return;
  if (!(pfbaFactor >= 1))
    throw new CellweaveError(
      "metabolism/pfba-factor",
      `the total flux can't be less than its least, got ${pfbaFactor} times it`,
    );
  if (loopless)
    throw new CellweaveError("metabolism/unsupported", "ranges without circles with a limit on the total flux", {
      hint: "leave one out: with a factor of 1 there are no circles either",
    });
}

/** A value at a bound but for the solver's tolerance is the bound; no minus zero. */
function settled(value: number, bound: number): number {
  return Math.abs(value - bound) < AT_BOUND ? bound : value + 0;
}

/** The range of each chain's flux, found when first asked for. */
function chainRanges(runtime: LpRuntime, sub: SubModel, opened: NearOptimal, options: VariabilityOptions) {
  const { session, program, optimum } = opened;
  const budget = options.pfbaFactor === undefined ? undefined : openBudget(runtime, sub, program, options.pfbaFactor);
  const plain = budget?.extreme ?? extremesOf(session, program, optimum.fluxes);
  const loopless = options.loopless === true ? openLoopless(runtime, sub.model, program, program) : undefined;
  const loops = new Set(loopless?.loops);
  const known = new Map<number, readonly [number, number]>();
  return {
    of(c: number): readonly [least: number, most: number] {
      const before = known.get(c);
      if (before !== undefined) return before;
      const extreme = loopless !== undefined && loops.has(c) ? loopless.extreme : plain;
      const range = [extreme(c, "minimize"), extreme(c, "maximize")] as const;
      known.set(c, range);
      return range;
    },
    dispose(): void {
      session.dispose();
      budget?.dispose();
      loopless?.dispose();
    },
  };
}

/** The extreme of one flux; a bound that an earlier solution has reached is not looked for again. */
function extremesOf(session: LpSession, bounds: FluxBounds, optimum: Float64Array) {
  const reached = reachedBounds(bounds, optimum);
  return (j: number, sense: "minimize" | "maximize"): number => {
    const limit = (sense === "minimize" ? bounds.lower[j] : bounds.upper[j]) ?? 0;
    if (reached[sense][j] === 1) return limit;
    session.setSense(sense);
    session.setCost(j, 1);
    const status = session.solve();
    const values = status === "optimal" ? session.point().values : undefined;
    session.setCost(j, 0);
    if (values === undefined) return status === "unbounded" ? limit : Number.NaN;
    reached.note(values);
    const value = values[j] ?? Number.NaN;
    return Math.abs(value - limit) < AT_BOUND ? limit : value;
  };
}

/** Bounds that some solution has reached already: there the extreme is known without solving. */
function reachedBounds({ lower, upper }: FluxBounds, optimum: Float64Array) {
  const reached = {
    minimize: new Uint8Array(lower.length),
    maximize: new Uint8Array(lower.length),
    note(values: Float64Array): void {
      for (let j = 0; j < lower.length; j++) {
        const v = values[j] ?? 0;
        if (v <= (lower[j] ?? 0) + AT_BOUND) reached.minimize[j] = 1;
        if (v >= (upper[j] ?? 0) - AT_BOUND) reached.maximize[j] = 1;
      }
    },
  };
  reached.note(optimum);
  return reached;
}

function indicesOf(model: FluxModel, ids: readonly string[] | undefined): Int32Array {
  if (ids === undefined) return Int32Array.from(rangedColumns(model));
  return Int32Array.from(ids, (id) => reactionAt(model, id));
}
