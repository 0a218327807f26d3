import type { CompiledPathway } from "./compile.ts";
import { isConcentration } from "./symbols.ts";

/**
 * Absolute tolerance of each state: where the state is the amount of a species seen by concentration, `atol` is of
 * the concentration and is scaled by the compartment's size in memory.
 * @param nominals magnitudes by id that `atol` is taken relative to; 1 where absent
 * @returns shape [size]; entries beyond the states are `atol`
 */
export function absoluteTolerances(
  pathway: CompiledPathway,
  atol: number,
  nominals: ReadonlyMap<string, number>,
  size: number,
): Float64Array {
  const out = new Float64Array(size).fill(atol);
  pathway.states.forEach(({ symbol, slot }, i) => {
    const inAmounts = isConcentration(symbol) && slot === symbol.amount;
    const volume = inAmounts ? Math.abs(pathway.values[symbol.volume] ?? 1) : 1;
    const scale = (nominals.get(symbol.id) ?? 1) * (volume > 0 && Number.isFinite(volume) ? volume : 1);
    out[i] = atol * scale;
  });
  return out;
}
