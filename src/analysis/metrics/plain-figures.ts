import type { Interval } from "./bootstrap.ts";

/** A figure for JSON; null where it is not defined. */
export function plainFigure(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Both ends of an interval for JSON; null where one is not defined. */
export function plainInterval({ low, high }: Interval): [number, number] | null {
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}
