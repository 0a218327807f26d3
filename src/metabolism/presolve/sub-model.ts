import { CellweaveError } from "../../errors.ts";
import type { FluxBounds, FluxModel } from "../model/flux-model.ts";

/**
 * A model and the small one that stands for it: without what can carry nothing, chains of reactions as one.
 * It holds for every problem whose bounds lie within `hull`: deletions, narrower bounds, other objectives.
 */
export interface SubModel {
  readonly full: FluxModel;
  /** The small problem; a reaction of it is a chain, named after its member with the largest flux. */
  readonly model: FluxModel;
  /** Bounds within which it holds, 0 among them; shape [reactions of the full model]. */
  readonly hull: FluxBounds;
  /** Chain of each reaction, -1 where it can carry nothing; shape [reactions]. */
  readonly chain: Int32Array;
  /** v of a reaction = factor x flux of its chain; |factor| <= 1, 0 where blocked; shape [reactions]. */
  readonly factor: Float64Array;
}

const ROUNDING = 1e-12;

/**
 * Bounds of the small model's fluxes; fills `into` where given.
 * @returns undefined where they exclude each other, or demand flux of a reaction that can carry nothing
 * @throws CellweaveError for bounds outside the hull
 */
export function narrowed(sub: SubModel, { lower, upper }: FluxBounds, into?: FluxBounds): FluxBounds | undefined {
  const { chain, factor, model, hull } = sub;
  const n = model.reactions.length;
  const out = into ?? { lower: new Float64Array(n), upper: new Float64Array(n) };
  out.lower.set(model.bounds.lower);
  out.upper.set(model.bounds.upper);
  for (let j = 0; j < chain.length; j++) {
    const [c, low, high] = [chain[j] ?? -1, lower[j] ?? 0, upper[j] ?? 0];
    if (low < (hull.lower[j] ?? 0) || high > (hull.upper[j] ?? 0)) throw outside(sub, j, low, high);
    if (c >= 0) narrowOne(out, c, factor[j] ?? 1, low, high);
    else if (low > 0 || high < 0) return undefined;
  }
  for (let c = 0; c < n; c++) if ((out.lower[c] ?? 0) > (out.upper[c] ?? 0) && !touching(out, c)) return undefined;
  return out;
}

/** Two members' bounds that meet in one point may cross by the rounding of their factors: they are made to meet. */
function touching({ lower, upper }: FluxBounds, c: number): boolean {
  const [low, high] = [lower[c] ?? 0, upper[c] ?? 0];
  if (low - high > ROUNDING * Math.max(1, Math.abs(low), Math.abs(high))) return false;
  lower[c] = high;
  return true;
}

function narrowOne(out: FluxBounds, c: number, factor: number, low: number, high: number): void {
  const from = (factor > 0 ? low : high) / factor;
  const to = (factor > 0 ? high : low) / factor;
  if (from > (out.lower[c] ?? 0)) out.lower[c] = from;
  if (to < (out.upper[c] ?? 0)) out.upper[c] = to;
}

function outside({ full, hull }: SubModel, j: number, low: number, high: number): CellweaveError {
  const message = `bounds of '${full.reactions[j]?.id}', ${low} to ${high}, are wider than ${hull.lower[j]} to ${hull.upper[j]}`;
  return new CellweaveError("metabolism/presolve", message, { hint: "presolve the model within the widest bounds" });
}

/** Fluxes of the full model, shape [reactions]; fills `into` where given. */
export function expanded({ chain, factor }: SubModel, fluxes: Float64Array, into?: Float64Array): Float64Array {
  const out = into ?? new Float64Array(chain.length);
  for (let j = 0; j < chain.length; j++) {
    const c = chain[j] ?? -1;
    out[j] = c < 0 ? 0 : (factor[j] ?? 0) * (fluxes[c] ?? 0);
  }
  return out;
}

/** A sum over each chain's members, shape [chains]. */
export function overChains({ chain, model }: SubModel, of: (reaction: number) => number): Float64Array {
  const sums = new Float64Array(model.reactions.length);
  for (let j = 0; j < chain.length; j++) {
    const c = chain[j] ?? -1;
    if (c >= 0) sums[c] = (sums[c] ?? 0) + of(j);
  }
  return sums;
}

/** What closing some reactions does. */
export interface Closure {
  /** Equal where the same chains close. */
  readonly key: string;
  /** The reaction with the largest flux of each chain that closes; without flux in these nothing changes. */
  readonly leads: readonly number[];
}

/**
 * Tells closures of reactions apart by what they do: which chains close. A chain with a member whose bounds demand flux
 * is told apart by reaction.
 * @param bounds of the wild type
 */
export function closures({ chain, factor }: SubModel, { lower, upper }: FluxBounds) {
  const demanded = new Set<number>();
  const leads = new Map<number, number>();
  chain.forEach((c, j) => {
    if ((lower[j] ?? 0) > 0 || (upper[j] ?? 0) < 0) demanded.add(c);
    if (Math.abs(factor[j] ?? 0) === 1 && !leads.has(c)) leads.set(c, j);
  });
  return (closed: readonly number[]): Closure => {
    const parts = closed.flatMap((j) => {
      const c = chain[j] ?? -1;
      if (demanded.has(c)) return [`r${j}`];
      return c < 0 ? [] : [`c${c}`];
    });
    const shut = new Set(closed.map((j) => chain[j] ?? -1));
    return { key: [...new Set(parts)].sort().join(","), leads: [...shut].flatMap((c) => leads.get(c) ?? []) };
  };
}
