import type { ModuleStatus } from "../../cell/status.ts";
import type { TargetPiece } from "./relaxation.ts";

/** The target at a share of the window (0 to 1), a fresh array; or why there is none. */
export type TargetAt = (share: number) => Promise<Float64Array | Extract<ModuleStatus, { ok: false }>>;

export interface TargetOptions {
  /** Decay over the whole window, k x duration: how much of the target's error reaches the solution. */
  readonly decay: number;
  /** Error of the solution allowed, relative to 1 or to the target where that is larger. */
  readonly tolerance: number;
}

const DEEPEST = 12;

/**
 * A target that is costly to ask, as pieces over a window: straight where its ends are so close that a bend can't
 * matter, else bent through its middle, and halved where even that bends more than the tolerance.
 */
export async function targetPieces(
  at: TargetAt,
  options: TargetOptions,
): Promise<TargetPiece[] | Extract<ModuleStatus, { ok: false }>> {
  const start = await at(0);
  if ("code" in start) return start;
  const end = await at(1);
  if ("code" in end) return end;
  return divide(at, { from: 0, to: 1, start, end }, options, 0);
}

async function divide(
  at: TargetAt,
  piece: TargetPiece,
  options: TargetOptions,
  depth: number,
): Promise<TargetPiece[] | Extract<ModuleStatus, { ok: false }>> {
  const { from, to, start, end } = piece;
  const decay = options.decay * (to - from);
  const weight = Math.min(1, decay);
  const change = largest(start, end, (a, b) => b - a);
  if ((change * (decay + change) * weight) / 8 <= options.tolerance) return [piece];
  const middle = await at((from + to) / 2);
  if ("code" in middle) return middle;
  const bend = middle.map((value, i) => value - ((start[i] ?? 0) + (end[i] ?? 0)) / 2);
  const curved = largest(bend, middle, (offset, value) => offset / Math.max(1, Math.abs(value))) * weight;
  // A smooth function strays from its parabola by about the square of how far it strays from its chord.
  if (curved * (curved + decay / 8) <= options.tolerance || depth === DEEPEST) return [{ ...piece, bend }];
  const half = (from + to) / 2;
  const left = await divide(at, { from, to: half, start, end: middle }, options, depth + 1);
  if (!Array.isArray(left)) return left;
  const right = await divide(at, { from: half, to, start: middle, end }, options, depth + 1);
  return Array.isArray(right) ? [...left, ...right] : right;
}

function largest(a: Float64Array, b: Float64Array, of: (a: number, b: number) => number): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(of(a[i] ?? 0, b[i] ?? 0)));
  return most;
}
