import { geometricMean } from "./measure.ts";
import type { Figures, ModelResult } from "./measure-model.ts";

/** Error at which contenders are compared at equal accuracy. */
const EQUAL_ERROR = 1e-4;

export type Quantity = "load" | "first" | "load and first" | "repeat" | "scan" | "equal error";
export const QUANTITIES: readonly Quantity[] = ["load", "first", "load and first", "repeat", "equal error", "scan"];

/** CPU seconds of a quantity (wall seconds for the scan), or undefined where it was not measured. */
export function figure(figures: Figures | string | undefined, quantity: Quantity): number | undefined {
  if (figures === undefined || typeof figures === "string") return undefined;
  if (quantity === "scan") return figures.scan?.wall;
  if (quantity === "load and first") return figures.load + figures.first;
  if (quantity === "equal error") return costAt(figures.ladder, EQUAL_ERROR);
  return figures[quantity];
}

/** How many times longer the peer takes, model by model. */
export function ratios(results: readonly ModelResult[], us: string, peer: string, quantity: Quantity) {
  return results.flatMap(({ name, contenders }) => {
    const [ours, theirs] = [figure(contenders[us], quantity), figure(contenders[peer], quantity)];
    const known = Number.isFinite(ours) && Number.isFinite(theirs);
    return known && ours !== undefined && theirs !== undefined ? [{ name, ratio: theirs / ours }] : [];
  });
}

export function meanRatio(results: readonly ModelResult[], us: string, peer: string, quantity: Quantity): number {
  return geometricMean(ratios(results, us, peer, quantity).map(({ ratio }) => ratio));
}

/**
 * The least cost at which an error is met, between the rungs of a ladder by straight lines in logarithms;
 * undefined where no rung meets it.
 */
function costAt(ladder: Figures["ladder"], error: number): number | undefined {
  const met = ladder.findIndex((rung) => rung.error <= error);
  const [rung, before] = [ladder[met], ladder[met - 1]];
  if (rung === undefined) return undefined;
  if (before === undefined || !Number.isFinite(before.error) || rung.error <= 0) return rung.cpu;
  const share = Math.log(before.error / error) / Math.log(before.error / rung.error);
  return before.cpu * (rung.cpu / before.cpu) ** share;
}
