import type { Engine } from "../engine.ts";

const MOST = 12;
const PAUSE = 30;
const SHORT = 0.1;

/** Whether kinks are looked for in the coming step. */
export function looksForKinks({ flicker }: Engine): boolean {
  return flicker.pause === 0;
}

/**
 * After an accepted step that was to be `wanted` hours long: where a module flickers between regimes, locating every
 * change would take steps without end, so for a while only the error decides; the run says so.
 */
export function noteFlicker(engine: Engine, wanted: number, kink: boolean): void {
  const { flicker, now, end, warnings, cell } = engine;
  if (flicker.pause > 0) flicker.pause--;
  else if (kink && end.t - now.t < SHORT * wanted) flicker.count++;
  else if (flicker.count > 0 && !kink) flicker.count--;
  if (flicker.count < MOST) return;
  flicker.count = 0;
  flicker.pause = PAUSE;
  const k = now.regimes.findIndex((regime, i) => regime !== end.regimes[i]);
  const module = cell.parts[k]?.module.id ?? "";
  const message = "changes its regime more often than steps can follow; the error control alone bounds what that costs";
  if (!warnings.some((entry) => entry.module === module && entry.message === message))
    warnings.push({ t: end.t, module, message });
}
