import type { CompiledPathway } from "./compile.ts";
import { isConcentration } from "./symbols.ts";

/**
 * Absolute tolerance of each state: where the state is the amount of a species seen by concentration, `atol` is of
 * the concentration and is scaled by the compartment's size in memory.
 * @returns shape [size]; entries beyond the states are `atol`
 */
export function absoluteTolerances(pathway: CompiledPathway, atol: number, size: number): Float64Array {
  const out = new Float64Array(size).fill(atol);
  pathway.states.forEach(({ symbol, slot }, i) => {
    if (!isConcentration(symbol) || slot !== symbol.amount) return;
    const volume = Math.abs(pathway.values[symbol.volume] ?? 1);
    if (volume > 0 && Number.isFinite(volume)) out[i] = atol * volume;
  });
  return out;
}
